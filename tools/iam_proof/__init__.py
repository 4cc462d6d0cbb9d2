"""Proof of the IAM engine: cases, and the comparison with an evaluator of others."""
