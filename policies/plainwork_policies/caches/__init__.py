"""Policies on ElastiCache: nodes, serverless caches, their users and what watches them."""
