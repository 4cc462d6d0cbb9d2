"""Policies about weighted canaries: records of Route 53, and the forward actions of a load balancer."""
