"""Snapshot tests of stacks: one `.tf` file for each test, which reviewers read as a diff.

Install the extra `testing`, and put `pytest_plugins = ["plainwork.testing"]` into the `conftest.py` at the root of the
tests. Then write:

    def test_reports(hcl_snapshot):
        assert reports_stack() == hcl_snapshot

`pytest --snapshot-update` writes `__snapshots__/<module>/<test>.tf` beside the test.
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
    """A syrupy extension that stores a stack, a synthesized document or HCL in one `.tf` file."""

    _write_mode = WriteMode.TEXT
    file_extension = "tf"

    def serialize(self, data: Any, **_: Any) -> str:
        """Return the HCL of a stack or document; a string is stored unchanged."""
        return hcl(data)


@pytest.fixture
def hcl_snapshot(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """Compare the left side of `==` with its snapshot: a stack, a synthesized document, or HCL."""
    return snapshot.use_extension(HclSnapshotExtension)


def hcl(source: Any) -> str:
    """HCL of a snapshot's left side.

    Args:
        source: a stack, a synthesized document in Terraform's JSON syntax, or HCL, which is returned unchanged.

    Raises:
        UndefinedReferenceError: see `plainwork.synthesize`.
        RenderError: the document cannot be written as HCL.
    """
    if isinstance(source, str):
        return source
    if not isinstance(source, Mapping):
        from plainwork import synthesize  # noqa: PLC0415  documents do not need it

        source = synthesize(source)
    return render(source)
