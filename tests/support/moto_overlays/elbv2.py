"""Additions to moto for Elastic Load Balancing. Each docstring states what moto does without the addition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moto.elbv2 import models

if TYPE_CHECKING:
    import pytest


def lay(patch: pytest.MonkeyPatch) -> None:
    """Put every part in place until `patch` is undone."""
    patch.setattr(models, "register_certificate", _know_every_certificate)


def _know_every_certificate(*_arguments: Any, **_named: Any) -> None:
    """Moto registers the use of a certificate in ACM, and rejects one that ACM has not issued, as in the examples."""
