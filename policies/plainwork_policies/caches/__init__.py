"""Policies on ElastiCache: nodes, serverless caches, their users and alarms."""
