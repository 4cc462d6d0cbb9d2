"""The shared code of constructs and policies: AWS facts, provider schema, HCL, IAM, readers and the stack model."""

__version__ = "0.1.0"
