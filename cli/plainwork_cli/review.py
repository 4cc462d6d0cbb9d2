"""`plainwork review`: what a plan does, on one page."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from plainwork_cli.command import INVALID, Command, InputPath
from plainwork_cli.outputs import Output, format_option, write_all
from plainwork_cli.selection import policies_of, selection_options, settings_of, source_option
from plainwork_policies.review.formats import FORMATS, render

if TYPE_CHECKING:
    from plainwork_core.model.stack import Stack
    from plainwork_policies.engine.run_result import RunResult


@click.command(cls=Command)
@click.argument("plan", type=InputPath(readable=False, path_type=Path))
@format_option(FORMATS)
@source_option
@click.option(
    "--against",
    "base",
    metavar="BASE",
    help="Show only findings that BASE does not have: a baseline, a saved JSON report of `check` or another plan. With "
    "--source also a Git revision (`origin/main...`), with which backend, providers and modules are compared, too.",
)
@selection_options
def review(*, plan: Path, outputs: tuple[Output, ...], source: Path | None, base: str | None, **options: Any) -> None:
    """Show what a plan does on one page, the worst first.

    PLAN is the JSON of a plan (terraform show -json plan.out). The first line is the decision that is asked for. Then
    come the changes that destroy data or interrupt a service with the way back, findings, and the other changes by
    construct or module. Changes of tags only, moves and imports are numbers.

    Exit codes: 0 the review is written, whatever is in it; 2 an input or a setting is invalid, or a review cannot be
    written. `plainwork check` fails a pipeline.
    """
    from plainwork_policies.review.build import review_of  # noqa: PLC0415  --help does not need it
    from plainwork_policies.review.links import Links  # noqa: PLC0415  as above

    settings = settings_of(**options)
    found, configured = _checked(plan, source, base, settings)
    made = review_of(found, base=configured)

    def write_text() -> None:
        from plainwork_policies.review import as_text  # noqa: PLC0415  rich is slow to import

        as_text.write(made, sys.stdout)

    links = Links.of_environment(os.environ)
    if not write_all(outputs, write_text, lambda name: render(made, name, links)):
        sys.exit(INVALID)


def _checked(plan: Path, source: Path | None, base: str | None, settings: Any) -> tuple[RunResult, Stack | None]:
    """Return the results of the policies on *plan*, compared with *base*, and the HCL of the plan in this revision."""
    from plainwork_core.read.options import ReadOptions  # noqa: PLC0415  only a run needs these
    from plainwork_policies.compare.against import Checked, base_at  # noqa: PLC0415  as above
    from plainwork_policies.compare.matching import compared  # noqa: PLC0415  as above
    from plainwork_policies.compare.version import is_revision  # noqa: PLC0415  as above
    from plainwork_policies.review.revision import revision_at  # noqa: PLC0415  as above

    checked = Checked((plan,), policies_of(settings), settings, ReadOptions(), source)
    found = checked.result()
    if base is None:
        return found, None
    if source is None or not is_revision(base):
        return compared(found, base_at(base, checked)), None
    revision = revision_at(base, source, str(plan), checked.policies, settings)
    return compared(found, revision.findings), revision.stack
