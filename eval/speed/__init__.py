"""How fast it is, and beside whom: stages, peers, growth, and a check that ratios have not worsened."""
