"""The commands of `make bench` run, and a ratio keeps its bound on the side that the bound states."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from tools.bench.__main__ import Ratio
from tools.bench.compare import plainwork_check_command
from tools.bench.large import large_repository
from tools.bench.measure import Measurement
from tools.bench.plan import write_plan
from tools.bench.review import review_command, write_mostly_unchanged


def test_plainwork_checks_the_plan_of_the_bench(tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    write_plan(plan, 10)
    done = subprocess.run(plainwork_check_command(plan), check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["summary"]["resources"] == 11, "ten and a data source"


def test_plainwork_reviews_the_plan_of_the_bench(tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    write_mostly_unchanged(plan, 100)
    done = subprocess.run(review_command(plan, "text"), check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert "95 unchanged" in done.stdout


def test_plainwork_synthesizes_and_renders_the_stack_of_the_bench(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "tools.bench.synthesize_plain", "10", str(tmp_path)], check=True)
    document = tmp_path / "stacks/bench/cdk.tf.json"
    command = [sys.executable, "-m", "tools.bench.render_hcl", str(document)]
    rendered = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert rendered.count("\nresource ") == 10
    assert find_spec("tools.bench.synthesize_prebuilt"), "the stack of the prebuilt provider"


def test_an_app_of_cdktf_of_the_bench_has_the_same_resources(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tools.bench.synthesize_plain", "10"]
    subprocess.run([*command, str(tmp_path / "plain")], check=True)
    subprocess.run([*command, str(tmp_path / "cdktf"), "constructs"], check=True)
    plain, of_cdktf = (tmp_path / name / "stacks/bench/cdk.tf.json" for name in ("plain", "cdktf"))
    assert plain.read_bytes() == of_cdktf.read_bytes()
    subprocess.run([sys.executable, "-m", "tools.bench.synthesize_empty", str(tmp_path / "empty")], check=True)
    assert (tmp_path / "empty/stacks/bench/cdk.tf.json").is_file()


def test_plainwork_checks_the_monorepo_of_the_bench(tmp_path: Path) -> None:
    measured: list[tuple[str, int]] = []

    def measure(what: str, resources: int, command: list[str]) -> Measurement:
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        summary = json.loads(done.stdout)["summary"]
        assert (done.returncode, summary["failed"]) == (0, 0)
        assert summary["resources"] in (resources, resources + 5) or "shard" in what
        measured.append((what.partition(", ")[2], int(done.stderr.split(" of ")[0] or 0) if done.stderr else 0))
        return Measurement(1, 1, 1)

    assert len(large_repository(measure, tmp_path, 10)) == 7
    assert measured[-3:] == [
        ("10 stacks, cold cache", 0),
        ("10 stacks, warm cache", 10),
        ("10 stacks, warm cache, one stack changed", 9),
    ]


def test_a_lower_bound_is_kept_from_the_bound_on() -> None:
    assert [Ratio("ratio", value, 10, at_least=True).is_kept for value in (9, 10, 11)] == [False, True, True]


def test_an_upper_bound_is_kept_up_to_the_bound() -> None:
    assert [Ratio("ratio", value, 10).is_kept for value in (9, 10, 11)] == [True, True, False]
