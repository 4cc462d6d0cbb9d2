"""Policies on the arguments of resources and providers of any service."""
