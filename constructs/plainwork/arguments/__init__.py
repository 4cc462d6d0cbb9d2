"""Arguments of blocks: one traversal converts them to Terraform's JSON syntax and finds what Terraform would reject."""
