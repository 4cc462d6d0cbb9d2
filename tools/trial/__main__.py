"""Checks repositories of public code, and writes `docs/trial.md`.

Run `python -m tools.trial CHECKOUT [--checkov]`; CHECKOUT is a Git repository or a directory of them. The page has the
findings of each policy beside `docs/trial-reviews.toml`: how many a person read, and how many of them were wrong.
`--list SLUG` prints the findings of one policy instead, to be read.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from tools.trial.page import page
from tools.trial.repositories import ROOT, Trial, trials

PAGE = ROOT / "docs" / "trial.md"


def main() -> None:
    """Check the repositories of the command line."""
    parser = argparse.ArgumentParser(prog="python -m tools.trial", description=__doc__.splitlines()[0])
    parser.add_argument("checkout", type=Path, help="a Git repository, or a directory of them")
    parser.add_argument("--checkov", action="store_true", help="also count the failures of Checkov's own policies")
    parser.add_argument("--list", metavar="SLUG", help="print the failures of one policy, and write no page")
    arguments = parser.parse_args()
    found = list(trials(arguments.checkout, with_checkov=arguments.checkov))
    if arguments.list:
        _print(found, arguments.list)
    else:
        PAGE.write_text(page(found), encoding="utf-8")
        print(PAGE.relative_to(ROOT))


def _print(found: list[Trial], slug: str) -> None:
    for trial in found:
        for finding in trial.findings:
            if finding["slug"] == slug and finding["status"] == "failed":
                place = f"{finding['file']}:{finding['line']}"
                print(f"{place}  {finding['address']}.{finding['argument']}\n    {finding['message']}")


if __name__ == "__main__":
    main()
