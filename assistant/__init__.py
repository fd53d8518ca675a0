"""A question in, a cited answer out; then its faces: chat, command line, API."""
