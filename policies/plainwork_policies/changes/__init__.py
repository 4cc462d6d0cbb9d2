"""Policies on what a plan changes and destroys."""
