"""Policies of AWS Organizations and IAM that enforce the settings `[tags]` and `[regions]`."""
