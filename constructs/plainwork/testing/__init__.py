"""Fixtures for tests of stacks: an app in a temporary directory, and snapshots that reviewers read as a diff.

Install the extra `testing`, and put `pytest_plugins = ["plainwork.testing"]` into the `conftest.py` at the root of the
tests. Then write:

    def test_reports(app, hcl_snapshot):
        assert reports_stack(app) == hcl_snapshot

`pytest --snapshot-update` writes `__snapshots__/<module>/<test>.tf` beside the test.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from difflib import unified_diff
from typing import TYPE_CHECKING, Any

import pytest
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from plainwork_core.hcl.write import render

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

    from plainwork import App


class HclSnapshotExtension(SingleFileSnapshotExtension):
    """A syrupy extension that stores a stack, a synthesized document or HCL in one `.tf` file."""

    _write_mode = WriteMode.TEXT
    file_extension = "tf"

    def serialize(self, data: Any, **_: Any) -> str:
        """Return the HCL of a stack or document; a string is stored unchanged."""
        return hcl(data)

    def diff_lines(self, serialized_data: Any, snapshot_data: Any) -> Iterator[str]:
        """Print the whole difference, because pytest shows only the first lines of what this returns.

        It is by block and argument, as `plainwork diff` prints it; by line where the text is not HCL, or where only its
        layout differs.
        """
        sys.stdout.write(f"difference from the snapshot:\n{difference(str(snapshot_data), str(serialized_data))}\n")
        yield "the whole difference is in the captured output"


def difference(snapshot: str, actual: str) -> str:
    """Return what differs between two texts of a snapshot."""
    from plainwork_core.code_diff import as_text, compare  # noqa: PLC0415  only a failing test needs these

    found = compare.diff_of_texts(snapshot, actual, ("the snapshot", "the stack"))
    if found and found.changes:
        return as_text.render(found)
    return "\n".join(list(unified_diff(snapshot.splitlines(), actual.splitlines(), lineterm="", n=3))[2:])


@pytest.fixture
def app(tmp_path: Path) -> App:
    """An app in a temporary directory."""
    from plainwork import App  # noqa: PLC0415  with CDKTF it starts Node.js, which tests of documents do not need

    return App(tmp_path / "cdktf.out")


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
