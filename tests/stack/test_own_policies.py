"""Our own policies find nothing in what we write: HCL and CDKTF's JSON here, plans in `test_hcl_stacks.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from plainwork import App, synthesize
from plainwork_core.hcl import write as hcl
from stacks.app import build as build_stacks
from tests.support.own_policies import checked, findings
from tools.examples_hcl import build, examples

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.parent.name)
def test_an_example_passes(example: Path, tmp_path: Path) -> None:
    app = App(str(tmp_path))
    build(example, app)
    app.synth()
    assert findings(checked(tmp_path, of=example.parent.name)) == []
    assert findings(checked(example.with_suffix(".tf"), of=example.parent.name)) == []


def test_the_stacks_pass(tmp_path: Path) -> None:
    app = build_stacks(str(tmp_path / "cdktf.out"))
    app.synth()
    assert findings(checked(tmp_path / "cdktf.out")) == []
    for name in ("state", "network", "checkout"):
        (tmp_path / "hcl" / name).mkdir(parents=True)
        (tmp_path / "hcl" / name / "main.tf").write_text(hcl.render(synthesize(app.node.find_child(name))))
    assert findings(checked(tmp_path / "hcl")) == []
