"""Plain Terraform resources for AWS in Python."""

__version__ = "0.1.0"
