"""Writes `docs/policies/`: an index and one page for each policy, with the real output of the check.

Run `python -m tools.policies_page`; with `--check` nothing is written, and the exit code is 1 if a page is out of date.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import chdir
from itertools import groupby
from pathlib import Path

from plainwork_core.hcl.syntax.parser import parse
from plainwork_policies.engine import run, settings_file
from plainwork_policies.engine.policy import Policy
from plainwork_policies.engine.registry import policies, settings_tables
from plainwork_policies.engine.retired import RETIRED
from plainwork_policies.report import as_text, examples, pages
from tools.example_cases import ROOT, Case
from tools.generated import write

PAGES = ROOT / "docs" / "policies"
FAMILIES = {
    "tag": "Tags",
    "cond": "IAM tag conditions",
    "region": "Regions",
    "backend": "S3 backend and state",
    "priv": "IAM privileges",
    "efs": "EFS",
    "cache": "ElastiCache",
    "endpoint": "VPC endpoints and subnets",
    "canary": "Weighted routing",
    "change": "Plan changes",
    "module": "Modules",
    "arg": "Arguments of any resource",
}
RELATED = {"backend": "`plainwork doctor` tells why Terraform cannot use a backend: [doctor](../doctor.md)."}
"""What the page of each policy of a family ends its references with."""
LONGEST_EXAMPLE = 50
_INDEX = """\
# Policies

{number} policies in {families} families. `plainwork explain POLICY` prints the page of a policy. `select` and
`ignore` in `plainwork.toml` select policies ([settings](../settings.md)).

`python -m tools.policies_page` generates these pages from the policies, their examples in
[examples/policies](../../examples/policies/README.md) and the output of the check.
"""
_SEVERITIES = """\
| Severity | Effect |
|---|---|
| critical | Credentials or data are open to callers outside the account, or data or state is lost without a backup. |
| high | The apply succeeds, and then a protection is missing or the service is unavailable. |
| medium | `init` or apply fails, or a second protection is missing. |
| low | Cost, naming, deprecation, or a weaker default that AWS chooses. |
"""


def all_pages() -> dict[Path, str]:
    """Return the text of each file in `docs/policies/`."""
    with chdir(ROOT):
        return {PAGES / "index.md": index()} | {PAGES / f"{policy.slug}.md": page(policy) for policy in policies()}


def index() -> str:
    """Return the tables of all policies, by family, and of their former slugs."""
    families = [(family, list(group)) for family, group in groupby(policies(), key=lambda policy: policy.family)]
    former = sorted((alias, policy.slug) for policy in policies() for alias in policy.aliases)
    parts = [
        _INDEX.format(number=len(policies()), families=len(families)),
        _SEVERITIES,
        *(f"## {FAMILIES[family]}\n\n{_table_of(group)}" for family, group in families),
        "## Former slugs\n\nA former slug still selects its policy in settings, options and skip comments.\n",
        _table(("Former slug", "Policy"), [(f"`{old}`", _link(new)) for old, new in former]),
        "## Retired policies\n\nIds and slugs of retired policies are not reused.\n",
        _table(("Id", "Policy", "Replacement"), [(old.id, old.slug, old.replacement) for old in RETIRED]),
    ]
    return "\n".join(parts)


def _table_of(group: Iterable[Policy]) -> str:
    rows = [(policy.id, _link(policy.slug), policy.severity, policy.title) for policy in group]
    return _table(("Id", "Policy", "Severity", "Title"), rows)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "".join(f"| {' | '.join(cells)} |\n" for cells in (head, ["---"] * len(head), *rows))


def _link(slug: str) -> str:
    return f"[{slug}]({slug}.md)"


def page(policy: Policy) -> str:
    """Return the page of *policy*; it has the headings of `plainwork explain`."""
    return "\n\n".join(_parts(policy)) + "\n"


def _parts(policy: Policy) -> Iterator[str]:
    folder = examples.directory(policy)
    yield f"# {policy.slug} ({policy.id})"
    yield f"**{policy.title}.**"
    yield " · ".join(filter(None, [f"Severity: {policy.severity}", pages.formerly(policy)]))
    for heading, text in pages.sections(policy).items():
        yield f"## {heading}\n\n{_markdown(text)}"
        if heading == "Remedy":
            yield from _files(folder, examples.remedy(folder))
    yield from _settings(policy)
    yield "\n".join([f"## {pages.REFERENCE}\n", *(f"- <{link}>" for link in policy.links), *_related(policy)])
    yield f"## {pages.EXAMPLE}"
    yield from _example(policy, folder)


def _related(policy: Policy) -> list[str]:
    return [f"- {RELATED[policy.family]}"] if policy.family in RELATED else []


def _example(policy: Policy, folder: Path) -> Iterator[str]:
    texts = examples.found(folder)
    case = Case(folder, "bad")
    main = case.main.relative_to(folder).as_posix()
    yield from _files(folder, texts | {main: _failing(case, policy)})
    yield "The result:"
    yield _fenced(_output(case, policy), "text")
    if (unknown := Case(folder, "unknown")).files:
        summary = f"Not evaluated: {unknown.main.relative_to(folder).as_posix()}"
        hcl = _fenced(unknown.main.read_text(encoding="utf-8").strip(), "hcl")
        yield f"<details><summary>{summary}</summary>\n\n{hcl}\n\n</details>"


def _settings(policy: Policy) -> Iterator[str]:
    """Yield the section on the settings that *policy* reads."""
    if policy.settings:
        family = policy.module.rpartition(".")[0]
        table = next(name for name, (module, *_) in settings_tables().items() if module == family)
        keys = {name: f"[`[{table}] {name}`](../settings.md#{table})" for name in policy.settings}
        required = f" Without {' and '.join(keys[name] for name in policy.requires)}, the policy is not evaluated."
        yield f"## Settings\n\n{', '.join(keys.values())}.{required if policy.requires else ''}"


def _files(folder: Path, texts: Mapping[str, str]) -> Iterator[str]:
    """Yield the name of each file, as a link to it, and its HCL."""
    for name, text in texts.items():
        yield f"[{name}](../../{_shown(folder / name)}):"
        yield _fenced(text.strip(), "hcl")


def _shown(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def _markdown(section: str) -> str:
    """Turn a section of a docstring, with its code after `::`, into Markdown."""
    text = re.sub(r"^ {4}", "", section, flags=re.MULTILINE)
    return re.sub(r"::\n\n((?:(?: {4}.*)?\n?)+)", lambda code: f":\n\n{_code(code[1])}\n\n", text).strip()


def _code(indented: str) -> str:
    code = re.sub(r"^ {4}", "", indented, flags=re.MULTILINE).strip()
    return _fenced(code, "hcl" if re.search("[={]", code) else "shell")


def _fenced(text: str, language: str) -> str:
    return f"```{language}\n{text}\n```"


def _output(case: Case, policy: Policy) -> str:
    file, stream = case.plan if case.before else case.main, io.StringIO()
    as_text.write(_run(file, case, policy), stream)
    lines = (line.rstrip() for line in stream.getvalue().splitlines())
    return "\n".join([f"$ plainwork check --select {policy.slug} {' '.join(map(str, _paths(file, case)))}", *lines])


def _run(file: Path, case: Case, policy: Policy) -> run.RunResult:
    return run.run(_paths(file, case), [policy], settings_file.load(case.folder))


def _paths(file: Path, case: Case) -> list[Path]:
    return [Path(_shown(path)) for path in (file, *case.neighbors)]


def _failing(case: Case, policy: Policy) -> str:
    """Return the example, or only the blocks of it that do not pass if it is long."""
    text = case.main.read_text(encoding="utf-8")
    lines = text.splitlines()
    if len(lines) <= LONGEST_EXAMPLE:
        return text
    results = _run(case.main, case, policy).stacks[0].results
    findings = [finding for result in results if result.status != "passed" for finding in result.findings]
    at = {finding.location.line for finding in findings if finding.location}
    starts = [block.line for block in parse(text).blocks]
    spans = zip(starts, [*starts[1:], len(lines) + 1], strict=True)
    blocks = [
        "\n".join(lines[start - 1 : end - 1]).split("\n\n#")[0] for start, end in spans if at & set(range(start, end))
    ]
    return "\n\n".join(block.strip() for block in blocks)


if __name__ == "__main__":
    sys.exit(write(all_pages(), sys.argv[1:], folder=PAGES))
