"""The table of report formats. All read one `RunResult`."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from plainwork_policies.engine.run_result import RunResult

FORMATS = {
    "text": ("as_text:render", "for people"),
    "json": ("as_json:render", "all findings, with a documented schema"),
    "markdown": ("as_markdown:render", "a comment on a pull request"),
    "sarif": ("as_sarif:render", "SARIF 2.1.0 with all results"),
    "sarif-failed": ("as_sarif:render_failed", "SARIF 2.1.0 with the failures, for GitHub code scanning"),
    "junit": ("as_junit:render", "JUnit XML"),
    "github": ("as_github:render", "annotations of GitHub Actions"),
    "gitlab": ("as_gitlab:render", "GitLab code quality report"),
}
"""The function of each format in this package, and what it is for."""
FOR_PEOPLE = ("text", "markdown")
"""The formats that show findings on resources that a plan does not change as a number."""


def render(run: RunResult, format_: str, *, show_unchanged: bool = False) -> str:
    """Return *run* in a format of `FORMATS`, without a line end."""
    module, _, name = FORMATS[format_][0].partition(":")
    writer: Callable[..., str] = getattr(import_module(f"{__package__}.{module}"), name)
    return writer(run, show_unchanged=show_unchanged) if format_ in FOR_PEOPLE else writer(run)
