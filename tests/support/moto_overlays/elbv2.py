"""What moto lacks of Elastic Load Balancing; each part says what moto does without it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moto.elbv2 import models

if TYPE_CHECKING:
    import pytest


def lay(patch: pytest.MonkeyPatch) -> None:
    """Put every part in place until `patch` is undone."""
    patch.setattr(models, "register_certificate", _know_every_certificate)


def _know_every_certificate(*_arguments: Any, **_named: Any) -> None:
    """Moto notes in ACM who uses a certificate, and so refuses one that ACM has not issued; the examples name one."""
