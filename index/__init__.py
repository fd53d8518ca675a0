"""Documents in, ranked passages out. No answering and no screen."""
