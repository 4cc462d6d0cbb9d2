"""Writes `docs/doctor-causes.md`: the causes and the error texts of the doctor.

Run `python -m tools.doctor_page`; with `--check` nothing is written, and the exit code is 1 if the page is out of date.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from plainwork_core.doctor.causes import CAUSES
from plainwork_core.doctor.diagnosis import Cause
from plainwork_core.doctor.errors import ErrorText, error_texts
from plainwork_core.doctor.errors.remote import REMOTE
from tools.generated import write

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "doctor-causes.md"
RUNS = "tests/terraform/test_doctor_errors.py"
_HEAD = """\
# Causes and error texts

`python -m tools.doctor_page` generates this page from the tables of [`plainwork doctor`](doctor.md).

A *fault* makes a command of Terraform fail. A *risk* lets the state be lost, overwritten or read. An *advice* does not
make a backend ill.

## Causes that files and the environment prove
"""
_REMOTE = """
## Causes that an error text or AWS proves

Files do not show these causes. An error text names them, and `--online` proves most of them.
"""
_TEXTS = """
## Error texts

The doctor compares a text with each row, with single blanks in place of line ends. The causes of a row are in the order
of their likelihood; what the files prove comes first. Real Terraform prints each text without a public source in
[`{name}`](../{name}), or for one of the
[states of a backend](doctor-states.md).
"""


def page() -> str:
    """Return the whole page."""
    return "\n".join(
        [
            _HEAD,
            *_causes(CAUSES.causes.values()),
            _REMOTE,
            *_causes(REMOTE.values()),
            _TEXTS.format(name=RUNS),
            *_texts(error_texts()),
            "",
        ]
    )


def _causes(causes: Iterable[Cause]) -> Iterator[str]:
    yield "| Cause | Title | Severity | Pages |"
    yield "|---|---|---|---|"
    for cause in causes:
        links = ", ".join(f"[{number}]({link})" for number, link in enumerate(cause.links, 1))
        yield f"| `{cause.name}` | {cause.title} | {cause.severity.value} | {links} |"


def _texts(rows: Iterable[ErrorText]) -> Iterator[str]:
    yield "| Text | Causes | Printed by | Source |"
    yield "|---|---|---|---|"
    for row in rows:
        patterns = "<br>".join(f"`` {pattern} ``".replace("|", "\\|") for pattern in row.patterns)
        causes = ", ".join(f"`{name}`" for name in row.causes)
        source = f"[issue]({row.source})" if row.source else "real run"
        yield f"| {patterns} | {causes} | {row.printed_by} | {source} |"


if __name__ == "__main__":
    sys.exit(write({PAGE: page()}, sys.argv[1:]))
