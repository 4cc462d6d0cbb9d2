"""Checkov executes every other file in this folder; without this one it would skip the folder and say nothing."""
