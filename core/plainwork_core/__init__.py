"""What constructs and policies share: AWS facts, provider schema, HCL, IAM, readers and the model of a stack."""

__version__ = "0.1.0"
