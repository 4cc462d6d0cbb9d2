"""The error texts of Terraform, and the causes that each has."""

from __future__ import annotations

from plainwork_core.doctor.errors.match import Match, explained, matches, of_backend
from plainwork_core.doctor.errors.reading import read_error
from plainwork_core.doctor.errors.row import ErrorText, error_texts

__all__ = ["ErrorText", "Match", "error_texts", "explained", "matches", "of_backend", "read_error"]
