"""The GitLab template, the container recipe and the examples of docs/ci.md."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import yaml

from tests.ci.conftest import BAD, ROOT

PAGE = (ROOT / "docs" / "ci.md").read_text()
EXAMPLES = [yaml.safe_load(text) for text in re.findall(r"^```yaml\n(.*?)^```$", PAGE, flags=re.MULTILINE | re.DOTALL)]


def plainwork(folder: Path) -> dict[str, str]:
    """The environment with the command `plainwork` of the work tree on PATH."""
    folder.mkdir()
    command = folder / "plainwork"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -c "from plainwork_cli.main import run; run()" "$@"\n')
    command.chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if name not in {"PLAINWORK_CONFIG", "FORCE_COLOR"}}
    return kept | {"PATH": f"{folder}:{os.environ['PATH']}"}


def gitlab_job(**inputs: str) -> dict[str, Any]:
    """The job of the template with its inputs."""
    text = (ROOT / "templates" / "check.yml").read_text()
    spec, _, body = text.partition("\n---\n")
    defaults = {name: value["default"] for name, value in yaml.safe_load(spec)["spec"]["inputs"].items()}
    assert set(inputs) <= set(defaults)
    filled = re.sub(r"\$\[\[ inputs\.(\w+) \]\]", lambda match: (defaults | inputs)[match[1]], body)
    job: dict[str, Any] = yaml.safe_load(filled)["plainwork"]
    return job


def test_the_gitlab_job_writes_both_reports_and_fails(tmp_path: Path) -> None:
    job = gitlab_job(paths="a b", arguments="--select efs-unencrypted")
    workspace = tmp_path / "workspace"
    for name in ("a", "b"):
        (workspace / name).mkdir(parents=True)
        (workspace / name / "main.tf").write_text(BAD)
    install, check = job["script"]
    assert install.endswith('install --quiet --disable-pip-version-check "plainwork"')
    done = subprocess.run(["bash", "-c", check], cwd=workspace, env=plainwork(tmp_path / "bin"), check=False)
    assert done.returncode == 1
    reports = job["artifacts"]["reports"]
    assert job["artifacts"]["when"] == "always"
    entries = json.loads((workspace / reports["codequality"]).read_text())
    assert [entry["location"]["path"] for entry in entries] == ["a/main.tf", "b/main.tf"]
    assert ET.parse(workspace / reports["junit"]).getroot().get("failures") == "2"


def test_the_examples_of_the_page_name_hooks_inputs_and_files_that_exist() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    github, gate, _, cache, pipeline, review, diff, gitlab, pre_commit, _ = EXAMPLES
    assert set(github["jobs"]["check"]["steps"][1]["with"]) <= set(action["inputs"])
    assert github["jobs"]["check"]["steps"][2]["with"]["sarif_file"] == action["inputs"]["sarif"]["default"]
    assert f"--body-file {action['inputs']['comment']['default']}" in github["jobs"]["check"]["steps"][3]["run"]
    assert set(gate["steps"][1]["with"]) <= set(action["inputs"])
    assert cache[0]["with"]["path"] == "~/.cache/plainwork"
    assert "--format sarif-failed=plainwork.sarif" in str(pipeline)
    assert "--format markdown=review.md" in review[0]["run"]
    assert "--body-file review.md" in review[1]["run"]
    assert "--format markdown=diff.md" in diff["diff"]["steps"][2]["run"]
    assert gitlab_job(**gitlab["include"][0]["inputs"])
    assert pre_commit["repos"][0]["hooks"][0]["id"] in [hook["id"] for hook in hooks]


def test_the_jobs_of_the_matrix_give_the_result_of_one_run(tmp_path: Path) -> None:
    shard, check = (EXAMPLES[2]["jobs"][name] for name in ("shard", "check"))
    for name in "abcdef":
        (tmp_path / name).mkdir()
        (tmp_path / name / "main.tf").write_text(BAD)
    environment = plainwork(tmp_path / "bin")

    def run(script: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-c", script],
            cwd=tmp_path,
            env=environment | variables,
            check=False,
            capture_output=True,
            text=True,
        )

    assert run("plainwork baseline .").returncode == 0
    (tmp_path / "f" / "more.tf").write_text(BAD.replace('"files"', '"more"'))
    for number in shard["strategy"]["matrix"]["shard"]:
        done = run(shard["steps"][2]["run"], SHARD=str(number))
        assert done.returncode == 0, done.stderr
    merged = run(check["steps"][-1]["run"])
    assert merged.returncode == 1, merged.stderr
    assert "f/more.tf" in merged.stdout
    assert "a/main.tf" not in merged.stdout


def test_the_atlantis_step_runs_on_the_files_of_atlantis(tmp_path: Path) -> None:
    step = EXAMPLES[-1]["workflows"]["default"]["plan"]["steps"][-1]["run"]
    shutil.copytree(ROOT / "tests" / "policy" / "plans" / "source", tmp_path, dirs_exist_ok=True)
    plan = ROOT / "tests" / "generated" / "plans" / "source" / "plan.json"
    environment = plainwork(tmp_path / "bin") | {"SHOWFILE": str(plan)}
    done = subprocess.run(
        ["bash", "-c", step], cwd=tmp_path, env=environment, check=False, capture_output=True, text=True
    )
    assert done.returncode == 1, done.stderr
    assert "main.tf:" in done.stdout


def test_the_container_recipe_has_only_what_the_page_documents() -> None:
    lines = (ROOT / "examples" / "container" / "Dockerfile").read_text().splitlines()
    instructions = dict(
        line.split(maxsplit=1) for line in lines if line and not line.startswith("#") and line[0] != " "
    )
    assert json.loads(instructions["ENTRYPOINT"]) == ["plainwork"]
    assert instructions["USER"] == "plainwork"
    assert instructions["ARG"].partition("=")[0] == "REQUIREMENT"
    (build,) = re.findall(r"^docker build .*$", PAGE, flags=re.MULTILINE)
    options = shlex.split(build)
    assert options[options.index("--build-arg") + 1].startswith("REQUIREMENT=plainwork==")
    assert (ROOT / options[-1] / "Dockerfile").is_file()
