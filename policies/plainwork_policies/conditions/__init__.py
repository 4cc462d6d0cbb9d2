"""Policies on conditions of IAM statements on tags."""
