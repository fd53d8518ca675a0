"""`python -m assistant` is the command `safecite`."""

from assistant.cli import main

main()
