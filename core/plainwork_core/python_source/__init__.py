"""Plain Python from a document in Terraform's JSON syntax: the way in, and what `plainwork.synthesize` undoes."""

from plainwork_core.python_source.source import python_source

__all__ = ["python_source"]
