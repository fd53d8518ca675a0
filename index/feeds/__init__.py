"""Where documents come from when they are fetched: a small module a publisher, over one protocol."""
