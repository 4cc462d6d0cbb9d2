"""Policies about VPC endpoints."""
