"""The engine: what a policy is, which policies there are, and how a run checks stacks with them."""
