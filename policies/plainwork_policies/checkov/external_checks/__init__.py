"""Checkov runs every other file in this directory; without this file it would skip the directory silently."""
