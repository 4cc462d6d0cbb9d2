"""Policies on conditions of IAM statements that ask for tags."""
