"""The files that the synthesis of an app writes, which the `cdktf` command reads."""

MANIFEST = "manifest.json"
STACKS = "stacks"
"""The directory with a directory for each stack."""

DOCUMENT = "cdk.tf.json"
"""The configuration in the directory of a stack."""
