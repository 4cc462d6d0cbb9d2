"""Policies on AWS Regions: of providers, resources, ARNs and the S3 backend."""
