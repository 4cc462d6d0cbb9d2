"""Policies on IAM permissions: actions, resources, attached policies and principals."""
