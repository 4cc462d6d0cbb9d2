"""Snapshot tests of stacks: one `.tf` file for each case, which is what a reviewer reads.

Put `pytest_plugins = ["plainwork.testing"]` into the `conftest.py` at the root of your tests, then

    def test_reports(hcl_snapshot):
        assert reports_stack() == hcl_snapshot

`pytest --snapshot-update` writes `__snapshots__/<module>/<test>.tf` beside the test. It needs the extra `testing`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pytest
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from plainwork_core.hcl.write import render

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion


class HclSnapshotExtension(SingleFileSnapshotExtension):
    """Keeps a stack, a synthesized document or HCL as text in a `.tf` file of its own."""

    _write_mode = WriteMode.TEXT
    file_extension = "tf"

    def serialize(self, data: Any, **_: Any) -> str:
        """The HCL of a stack or of a document; text is taken as it is."""
        return hcl(data)


@pytest.fixture
def hcl_snapshot(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """Compare the left operand of `==` (a stack, a synthesized document, or HCL) with its snapshot."""
    return snapshot.use_extension(HclSnapshotExtension)


def hcl(of: Any) -> str:
    """The HCL of a stack, of a synthesized document, or of text that is HCL already."""
    if isinstance(of, str):
        return of
    if not isinstance(of, Mapping):
        from plainwork import synthesize  # noqa: PLC0415  it starts Node, which documents do not need

        of = synthesize(of)
    return render(of)
