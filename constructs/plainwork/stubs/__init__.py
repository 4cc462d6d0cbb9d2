"""Stubs of `plainwork.types`: what editors and type checkers read, generated from the schema of the providers."""

from plainwork.stubs.folder import stubs, types, write

__all__ = ["stubs", "types", "write"]
