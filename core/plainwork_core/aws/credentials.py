"""Credentials in the arguments of the AWS provider and of the S3 backend.

https://developer.hashicorp.com/terraform/language/backend/s3#credentials-and-shared-configuration
"""

from __future__ import annotations

CREDENTIALS = ("access_key", "secret_key", "token", "assume_role_with_web_identity.web_identity_token")
"""The arguments of both that hold a credential."""

_PLACEHOLDERS = ("", "test", "mock", "mock_access_key", "mock_secret_key", "dummy", "fake", "localstack")


def is_placeholder(credential: str) -> bool:
    """Return whether a credential is one of those for emulators, which grant no access to AWS."""
    return credential.lower() in _PLACEHOLDERS
