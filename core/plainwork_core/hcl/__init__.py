"""Terraform's language: expressions, the reader and the writer."""
