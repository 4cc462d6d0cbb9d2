"""The end of an evaluation that needs a value which the input does not contain."""

from __future__ import annotations

from plainwork_core.model.blocks import Location
from plainwork_core.model.values import Unknown


class NotEvaluated(BaseException):
    """Raised by a read of an unknown or wrongly typed value. The engine turns it into the result *not evaluated*.

    It derives from `BaseException`, like the outcomes of pytest: a policy's `except Exception: pass` would otherwise
    turn an unknown value into a pass.

    Args:
        because: the unknown value, or a reason in words.
        path: the argument that was read.
        owner: address of the block that has the argument; `""` for the subject of the policy.
        location: of the argument.
    """

    def __init__(
        self, because: Unknown | str, path: str = "", owner: str = "", location: Location | None = None
    ) -> None:
        self.because = because if isinstance(because, Unknown) else Unknown(because)
        self.path, self.owner, self.location = path, owner, location
        super().__init__(self.because.reason)
