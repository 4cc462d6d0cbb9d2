"""Terraform's language: its syntax and blocks, the reader of values and the writer."""
