"""Policies on what a plan does to what is there already."""
