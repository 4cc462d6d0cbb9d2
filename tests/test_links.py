"""Links of the Markdown files at the root and in docs/ lead to a file and a heading; `make site` checks docs/ too."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hatch_build import with_absolute_links

ROOT = Path(__file__).parent.parent
LINK = re.compile(r"\]\((?!https?:)([^)\s#]*)(?:#([\w-]+))?\)")
PAGES = sorted((*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")))
CODE = re.compile(r"^```.*?^```$|`[^`\n]+`", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def anchors(file: Path) -> set[str]:
    """The anchors that GitHub and the site give to the headings of a file."""
    headings = HEADING.findall(file.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_a_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    for target, anchor in LINK.findall(CODE.sub("", page.read_text(encoding="utf-8"))):
        file = page.parent / target if target else page
        assert file.exists(), f"{page.name}: {target}"
        assert not anchor or anchor in anchors(file), f"{page.name}: {target}#{anchor}"


def test_the_readme_of_a_release_has_absolute_links() -> None:
    text = "[a](docs/a.md#b), [site](https://example.com), [below](#install)"
    assert with_absolute_links(text, "https://example.com/blob/v1") == (
        "[a](https://example.com/blob/v1/docs/a.md#b), [site](https://example.com), [below](#install)"
    )


def test_a_development_build_keeps_relative_links() -> None:
    assert with_absolute_links("[a](docs/a.md)", None) == "[a](docs/a.md)"
