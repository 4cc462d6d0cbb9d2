"""Policies on resource tags."""
