"""Policies on module calls."""
