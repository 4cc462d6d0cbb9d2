"""The version of the AWS provider in the stacks of tests."""

from __future__ import annotations

VERSIONS = ("~> 5.100", "~> 6.0")
"""A constraint for each schema that is shipped."""

INSTALLED = VERSIONS[0]
"""The constraint that allows the provider on the machines that run the tests."""
