"""Policies on VPC endpoints, except their endpoint policies (`privileges`), and on subnets."""
