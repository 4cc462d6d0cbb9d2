"""Policies on canary deployments: weighted records of Route 53 and forward actions of load balancers."""
