"""The engine: policies, the registry of policies, settings, and the run that checks stacks with them."""
