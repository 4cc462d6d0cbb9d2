"""Checks of the arguments of constructs: one sentence for each invalid value."""
