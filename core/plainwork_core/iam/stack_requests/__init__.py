"""Requests and policies of the IAM engine, made of the principals and resources of a stack."""
