"""Checks repositories of public code, and writes the page with what was found."""
