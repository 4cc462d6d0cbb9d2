"""`docs/doctor-states.md`: for each state of a backend, what Terraform prints and what the doctor finds.

`python -m tests.support.doctor_page` writes it. It requires Terraform and takes some minutes.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
import textwrap
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from unittest.mock import patch

from plainwork_core.doctor.diagnosis import Diagnosis
from plainwork_core.doctor.online import examine
from tests.support.doctor_server import DoctorServer, doctor_server
from tests.support.doctor_states import HEALTHY, ILL
from tests.support.doctor_states.state import State
from tests.support.doctor_world import World
from tests.support.terraform import environment

PAGE = Path(__file__).parents[2] / "docs" / "doctor-states.md"
VERSION = "1.11"
_SECONDS = 120
_WIDTH = 118
_HEAD = """# States of a backend

Each state is made on an emulator of AWS that answers as AWS does. Terraform 1.11 and `plainwork doctor --online` then
examine the same backend: {ill} states with {causes} causes, and {healthy} healthy backends, for which the doctor
finds nothing. A test writes this page again and compares it. [`plainwork doctor`](doctor-online.md) describes the
command.

Identifiers, times and addresses are replaced by constant ones.
"""
_REPLACED = (
    (r"\x1b\[[0-9;]*m", ""),
    (r"https?://127\.0\.0\.1:\d+", "https://aws.example"),
    (r"127\.0\.0\.1:\d+", "127.0.0.1:443"),
    (r"(?:, )?(?:api error|RequestID|HostID|request id)(?:: |=)(?=,)", ""),
    (r"RequestID: [\w-]*,? ?", "RequestID: 4442587FB7D0A2F9, "),
    (r"HostID: [\w/+=-]*,? ?", ""),
    (r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d"),
    (r"(?:19|20)\d\d-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z| \+0000)?(?: UTC)?", "2026-01-31 12:00:00 UTC"),
    (r"will be deleted on \d{4}-\d\d-\d\d", "will be deleted on 2026-02-07"),
    (r"(?:/tmp|/var)/[\w./-]*doctor-state[\w-]*", "/home/ana/web"),
    (r"ASIA[A-Z0-9]{8,}|AKIA[A-Z0-9]{8,}", "AKIAIOSFODNN7EXAMPLE"),
    (r"dial tcp: lookup (\S+) on \S+ (.*)", r"dial tcp: lookup \1: \2"),
    (
        r"lookup (\S+): (?:no such host|Temporary failure in name resolution|.*server misbehaving)",
        r"lookup \1: no such host",
    ),
    (r"\[Errno -\d\] [\w ]+", "[Errno -2] Name or service not known"),
    (r"\(0x[0-9a-f]+\)|at 0x[0-9a-f]+", ""),
    (r"\b[0-9a-f]{32}\b", "d41d8cd98f00b204e9800998ecf8427e"),
    (r"Who: +\S+@\S+", "Who: ana@build-7"),
    (r"version `[\w-]+`", "version `3HL4kqtJlcpXroDTDmJ`"),
    (r"versionId=[\w-]+", "versionId=3HL4kqtJlcpXroDTDmJ"),
)
"""What differs from run to run, and what the page has instead."""


def page() -> str:
    """The page, made again."""
    with ProcessPoolExecutor(2) as pool:
        sections = list(pool.map(_section, range(len(ILL))))
    causes = {name for state in ILL for name in state.causes}
    head = _HEAD.format(ill=len(ILL), causes=len(causes), healthy=len(HEALTHY))
    listed = "\n".join(f"- {state.title}" for state in HEALTHY)
    return f"{head}\n{''.join(sections)}\n## Healthy backends\n\n{listed}\n"


def _section(index: int) -> str:
    state = ILL[index]
    with doctor_server() as server:
        terraform, diagnoses = _terraform(state, server), _doctor(state, server)
    found = "\n\n".join(_shown(diagnosis) for diagnosis in diagnoses)
    option = " --try-lock" if state.tries_lock else ""
    return (
        f"\n## {state.title}\n\n`terraform {state.command}`:\n\n```text\n{terraform}\n```\n\n"
        f"`plainwork doctor --online{option}`:\n\n```text\n{found}\n```\n"
    )


def _prepared(state: State, server: DoctorServer) -> World:
    server.reset()
    world = World(server, Path(tempfile.mkdtemp(prefix="doctor-state-")))
    state.prepare(world)
    world.write()
    return world


def _terraform(state: State, server: DoctorServer) -> str:
    """What Terraform prints as error, or that it prints none."""
    world = _prepared(state, server)
    base = {name: value for name, value in environment().items() if not name.startswith("AWS_")}
    for arguments in (["init", "-input=false"], [state.command, "-input=false", *_APPROVAL.get(state.command, [])]):
        command = ["terraform", *arguments, "-no-color"]
        options = {"capture_output": True, "text": True, "timeout": _SECONDS}
        done = subprocess.run(command, check=False, cwd=world.directory, env={**base, **world.environ}, **options)
        if "Error" in done.stderr:
            return _plain(done.stderr)
    return "no error"


_APPROVAL = {"apply": ["-auto-approve"]}


def _plain(text: str) -> str:
    """The errors of Terraform with constant values, one line a sentence."""
    lines = [re.sub(r"^[│╷╵]\s?", "", line).rstrip() for line in text.splitlines()]
    paragraphs = re.split(r"\n{2,}", "\n".join(lines).strip())
    joined = (re.sub(r"\s*\n\s*", " ", paragraph) for paragraph in paragraphs)
    return "\n".join(_wrapped(_constant(paragraph)) for paragraph in joined)


def _constant(text: str) -> str:
    for pattern, replacement in _REPLACED:
        text = re.sub(pattern, replacement, text)
    return text


def _wrapped(text: str) -> str:
    return textwrap.fill(text, _WIDTH, break_long_words=False, break_on_hyphens=False)


def _doctor(state: State, server: DoctorServer) -> list[Diagnosis]:
    world = _prepared(state, server)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "TF_"))}
    with patch.dict(os.environ, {**kept, **world.environ}, clear=True):
        return examine(world.facts(), try_lock=state.tries_lock)[0]


def _shown(diagnosis: Diagnosis) -> str:
    return "\n".join(_lines(diagnosis))


def _lines(diagnosis: Diagnosis) -> Iterator[str]:
    yield f"{diagnosis.cause.severity}: {diagnosis.title} ({diagnosis.name})"
    for evidence in diagnosis.evidence:
        origin = f" ({_constant(evidence.origin)})" if evidence.origin else ""
        yield textwrap.indent(_wrapped(f"- {_constant(evidence.text)}{origin}"), "  ")
    yield textwrap.indent(_wrapped(_constant(diagnosis.explanation)), "  ")
    yield f"  $ {_constant(diagnosis.command)}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
