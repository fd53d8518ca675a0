"""The commands of `safecite`, a module a group."""
