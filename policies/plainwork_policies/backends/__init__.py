"""Policies on backend blocks, state buckets and lock tables."""
