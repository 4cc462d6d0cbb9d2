"""Policies on the block that says where the state lies."""
