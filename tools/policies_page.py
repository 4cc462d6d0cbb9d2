"""Writes docs/policies.md from the catalog, the examples, and what the check really says of them.

Run `python -m tools.policies_page`; with `--check` nothing is written, and the exit code is 1 where the page is not
what it would be.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path

from plainwork_core.hcl.syntax.parser import parse
from plainwork_policies.engine import run, settings
from plainwork_policies.engine.policy import Policy
from plainwork_policies.engine.registry import policies
from plainwork_policies.report import as_text
from tools.example_cases import EXAMPLES, ROOT, Case
from tools.generated import write

PAGE = ROOT / "docs" / "policies.md"
_LONGEST = 50
_HEAD = """\
# Policies

{number} policies. Each judges one kind of subject and says of every one of them *pass*, *fail*, or *not evaluated,
because ...*; the last is always shown, and `--fail-on unknown` makes it fail. `plainwork explain ID_OR_SLUG` prints
what stands here, `[policies] disable` in `plainwork.toml` switches a policy off.

This page is written by `python -m tools.policies_page`, and all output on it is real. Each example lies in
`examples/policies/` as HCL, with what is expected of it beside it, and in `tests/generated/policies/` as a plan.

| id | policy | severity | what it finds |
|---|---|---|---|
"""


def page() -> str:
    """Return the whole page."""
    with chdir(ROOT):
        return _HEAD.format(number=len(policies())) + "".join([*map(_row, policies()), *map(_chapter, policies())])


def _row(policy: Policy) -> str:
    return f"| {policy.id} | [{policy.slug}](#{policy.slug}) | {policy.severity} | {policy.title} |\n"


def _chapter(policy: Policy) -> str:
    return "\n\n".join(["", *_parts(policy)]) + "\n"


def _parts(policy: Policy) -> Iterator[str]:
    folder = EXAMPLES / policy.function.__module__.split(".")[1] / policy.slug.replace("-", "_")
    shown = next(case for kind in ("bad", "unknown") if (case := Case(folder, kind)).files)
    yield f"## {policy.slug}"
    yield f"**{policy.title}.** {policy.id}, {policy.severity}."
    yield f"**What:** {_markdown(policy.sections['What'])}"
    yield f"**Why:** {_markdown(policy.sections['Why'])}"
    for before in shown.before.values():
        yield f"**Before**, as [{_shown(before, folder)}](../{_shown(before)}) was applied:"
        yield _fenced(before.read_text(encoding="utf-8").strip(), "hcl")
    yield f"**Found**, in [{_shown(shown.main, folder)}](../{_shown(shown.main)}):"
    yield _hcl(shown, policy)
    yield _fenced(_output(shown, policy), "text")
    yield f"**Remedy:** {_markdown(policy.sections['Remedy'])}"
    yield f"**Limitations:** {_markdown(policy.sections['Limitations'])}"
    yield from _settings(policy)
    yield f"**Source:** <{policy.link}>"
    for kind, verdict in (("good", "passes"), ("unknown", "is not evaluated")):
        if (case := Case(folder, kind)).files:
            yield _collapsed(f"What {verdict}: {_shown(case.main, folder)}", case.main.read_text(encoding="utf-8"))


def _shown(file: Path, folder: Path = ROOT) -> str:
    return file.relative_to(folder).as_posix()


def _collapsed(summary: str, hcl: str) -> str:
    return f"<details><summary>{summary}</summary>\n\n{_fenced(hcl.strip(), 'hcl')}\n\n</details>"


def _markdown(section: str) -> str:
    """Turn a section of a docstring, with its code after `::`, into Markdown."""
    text = re.sub(r"^ {4}", "", section, flags=re.MULTILINE)
    return re.sub(r"::\n\n((?:(?: {4}.*)?\n?)+)", lambda code: f":\n\n{_code(code[1])}\n\n", text).strip()


def _code(indented: str) -> str:
    code = re.sub(r"^ {4}", "", indented, flags=re.MULTILINE).strip()
    return _fenced(code, "hcl" if re.search("[={]", code) else "shell")


def _fenced(text: str, language: str) -> str:
    return f"```{language}\n{text}\n```"


def _run(file: Path, case: Case, policy: Policy) -> run.RunResult:
    return run.run(_paths(file, case), [policy], settings.load(case.folder))


def _paths(file: Path, case: Case) -> list[Path]:
    return [Path(_shown(path)) for path in (file, *case.neighbors)]


def _output(case: Case, policy: Policy) -> str:
    file, stream = case.plan if case.before else case.main, io.StringIO()
    as_text.write(_run(file, case, policy), stream)
    lines = (line.rstrip() for line in stream.getvalue().splitlines())
    return "\n".join([f"$ plainwork check --policy {policy.slug} {' '.join(map(str, _paths(file, case)))}", *lines])


def _hcl(case: Case, policy: Policy) -> str:
    """Return the example, or only the blocks of it that do not pass where it is long."""
    text = case.main.read_text(encoding="utf-8")
    lines = text.splitlines()
    if len(lines) <= _LONGEST:
        return _fenced(text.strip(), "hcl")
    found = _run(case.main, case, policy).stacks[0].results
    at = {
        finding.location.line
        for each in found
        if each.status != "passed"
        for finding in each.findings
        if finding.location
    }
    starts = [block.line for block in parse(text).blocks]
    spans = zip(starts, [*starts[1:], len(lines) + 1], strict=True)
    blocks = [
        "\n".join(lines[start - 1 : end - 1]).split("\n\n#")[0] for start, end in spans if at & set(range(start, end))
    ]
    return _fenced("\n\n".join(block.strip() for block in blocks), "hcl")


def _settings(policy: Policy) -> Iterator[str]:
    for name in policy.settings:
        yield f"**Setting:** [`{name}`](settings.md)"


if __name__ == "__main__":
    sys.exit(write({PAGE: page()}, sys.argv[1:]))
