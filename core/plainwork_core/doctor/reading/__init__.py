"""Reads what is known about a backend: files, the environment and options. It opens no connection, runs no program."""

from __future__ import annotations

from plainwork_core.doctor.reading.facts import Request, read
from plainwork_core.doctor.reading.roots import root_modules

__all__ = ["Request", "read", "root_modules"]
