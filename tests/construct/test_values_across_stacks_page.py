"""The Python of the page on values across stacks renders as its HCL."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plainwork import Stack, render, synthesize

PAGE = (Path(__file__).parents[2] / "docs" / "values-across-stacks.md").read_text(encoding="utf-8")


def test_the_python_of_the_page_renders_as_its_hcl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    python, hcl = (
        re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)[0] for language in ("python", "hcl")
    )
    monkeypatch.setenv("CDKTF_OUTDIR", str(tmp_path))
    names: dict[str, object] = {}
    exec(python, names)
    shop = names["shop"]
    assert isinstance(shop, Stack)
    assert render(synthesize(shop)).endswith(hcl)
