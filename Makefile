# Everything starts from `make chat` and `make test`; both set up their own environment in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help chat test check browser clean
help:            ## Show these targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## */\t/' | expand -t 12

chat: $(VENV)/.ready   ## Build the index from source_docs/ and open the chat on http://127.0.0.1:7860
	$(BIN)/safecite chat --sources source_docs

test: $(VENV)/.ready-dev check   ## Lint, types and all tests, the browser test included
	$(BIN)/python -m pytest

check: $(VENV)/.ready-dev   ## Lint and types only
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "safecite needs Python 3.11 or later; set PYTHON=")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.ready: $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --disable-pip-version-check --quiet -c constraints.txt -e '.[fast]'
	@touch $@

$(VENV)/.ready-dev: $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --disable-pip-version-check --quiet -c constraints.txt -e '.[fast,dev]'
	@touch $@ $(VENV)/.ready

clean:           ## Remove the environment and all caches of tools
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis *.egg-info
