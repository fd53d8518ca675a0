"""Question sets, runs and scores: `python -m eval`."""
