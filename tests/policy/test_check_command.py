"""`plainwork check`: exit codes, both reports, and that no run is green which looked at nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from plainwork_cli.main import main
from plainwork_policies.engine import registry
from tests.policy.small_policies import FAIL, UNKNOWN, a_policy, raises, yields

PLANS = Path(__file__).parents[1] / "generated" / "plans"
STATE = Path(__file__).parent / "plans" / "changes" / "state.json"
SHOWN_STATE = '{"format_version": "1.0", "terraform_version": "1.11.4", "values": {}}'
PLAN = str(PLANS / "modules" / "plan.json")
OTHER_PLAN = str(PLANS / "changes" / "plan.json")
ERRORED = str(PLANS / "errored" / "plan.json")


PASSING = (a_policy(yields()),)
FAILING = (a_policy(yields(FAIL)),)
UNCLEAR = (a_policy(yields(UNKNOWN)),)
CRASHING = (a_policy(raises(ValueError("x"))),)


@pytest.fixture
def command(monkeypatch, tmp_path):
    """Run the command in an empty folder, with the policies that a test makes."""
    monkeypatch.chdir(tmp_path)
    for variable in ("PLAINWORK_CONFIG", "FORCE_COLOR"):
        monkeypatch.delenv(variable, raising=False)

    def run(*arguments, policies=PASSING):
        monkeypatch.setattr(registry, "entries", lambda: policies)
        return CliRunner().invoke(main, ["check", *map(str, arguments)])

    return run


def test_a_run_without_failures_is_0(command):
    done = command(PLAN)
    assert (done.exit_code, done.stdout) == (0, "Checked 9 resources in 1 stack with 1 policy: 9 passed.\n")


def test_a_failed_policy_is_1(command):
    assert command(PLAN, policies=FAILING).exit_code == 1


@pytest.mark.parametrize(
    ("options", "exit_code"), [([], 0), (["--fail-on", "low"], 0), (["--fail-on", "not-evaluated"], 1)]
)
def test_not_evaluated_is_1_if_asked(command, options, exit_code):
    done = command(PLAN, *options, policies=UNCLEAR)
    assert done.exit_code == exit_code
    assert "`var.tags` has no default" in done.stdout


def test_not_evaluated_is_1_if_the_settings_ask(command, tmp_path):
    (tmp_path / "plainwork.toml").write_text('fail_on = "not-evaluated"')
    assert command(PLAN, policies=UNCLEAR).exit_code == 1


SILENT_PASSES = {
    "an empty directory": ("empty", "no *.tf"),
    "no path": ("nope", "does not exist"),
    "an empty file": ("empty.tf", "empty file"),
    "HCL that does not parse": ("broken.tf", "broken.tf:2: "),
    "HCL without a block": ("comment.tf", "no resource, data source"),
    "no plan": ("package.json", "not a Terraform plan"),
    "an unknown format": ("future.json", "`format_version` '2.0'"),
    "a plan without anything": ("nothing.json", "no resource, data source"),
    "a binary plan": ("plan.bin", "binary plan"),
    "a state": (STATE, "a state describes"),
    "an errored plan": (ERRORED, "`errored` is true"),
}


@pytest.fixture
def inputs(tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty.tf").touch()
    (tmp_path / "broken.tf").write_text('resource "aws_sqs_queue" "q" {\n  name =\n}\n')
    (tmp_path / "comment.tf").write_text("# later")
    (tmp_path / "package.json").write_text("{}")
    (tmp_path / "plan.bin").write_bytes(b"PK\x03\x04")
    for name, version in (("future.json", "2.0"), ("nothing.json", "1.2")):
        empty = {"planned_values": {"root_module": {}}, "configuration": {"root_module": {}}}
        (tmp_path / name).write_text(json.dumps({"format_version": version, **empty}))


@pytest.mark.usefixtures("inputs")
@pytest.mark.parametrize("output", ["text", "json"])
@pytest.mark.parametrize(("path", "why"), SILENT_PASSES.values(), ids=SILENT_PASSES)
def test_an_input_that_cannot_be_checked_is_2(command, path, why, output):
    done = command(path, "--format", output)
    assert done.exit_code == 2
    assert why in " ".join(done.stdout.split())


def test_a_policy_that_raises_is_2_and_named(command):
    done = command(PLAN, policies=(*CRASHING, *FAILING))
    assert done.exit_code == 2
    assert "policy PLW_TEST_001 a-test crashed: ValueError: x" in " ".join(done.stdout.split())


def test_an_unknown_policy_in_an_option_is_2_with_a_hint(command):
    done = command(PLAN, "--select", "a-tset")
    assert done.exit_code == 2
    assert "did you mean `a-test`?" in done.stdout


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ("[tag]", "unsupported setting `tag`"),
        ('ignore = ["nope"]', "ignore: unknown policy 'nope'"),
        ('ignore = ["a-test"]', "no policy is selected; correct `select`, `ignore` or the options"),
    ],
)
def test_invalid_settings_are_2(command, tmp_path, settings, why):
    (tmp_path / "plainwork.toml").write_text(settings)
    done = command(PLAN)
    assert done.exit_code == 2
    assert why in " ".join(done.stdout.split())


def test_settings_are_checked_also_if_an_option_overrides_them(command, tmp_path):
    (tmp_path / "plainwork.toml").write_text('ignore = ["nope"]')
    assert command(PLAN, "--select", "a-test").exit_code == 2


def test_an_empty_path_is_not_the_working_directory(command, tmp_path):
    (tmp_path / "plan.json").write_bytes(Path(PLAN).read_bytes())
    assert command(".").exit_code == 0
    done = command("")
    assert (done.exit_code, "the path is empty" in done.stderr) == (2, True)


def test_the_other_inputs_are_checked_beside_an_invalid_one(command):
    done = command(ERRORED, PLAN, "nope", OTHER_PLAN, policies=FAILING)
    assert done.exit_code == 2
    assert done.stdout.endswith("Checked 13 resources in 2 stacks with 1 policy: 13 failed, 2 errors.\n")


def test_the_summary_of_one_error_is_singular(command):
    assert command("nope").stdout.endswith(": 1 error.\n")


def test_an_input_that_is_passed_twice_is_checked_once(command):
    assert "in 1 stack with" in command(PLAN, Path(PLAN).parent / ".." / "modules" / "plan.json").stdout


MODULES = 'module "a" {\n  source = "./a"\n}\n\nmodule "b" {\n  source = "./b"\n}\n'


def test_modules_that_are_not_evaluated_are_a_line_of_the_summary(command, tmp_path):
    (tmp_path / "main.tf").write_text(MODULES)
    assert command("main.tf").stdout.splitlines()[1:] == ["2 modules (module.a, module.b) not evaluated; check a plan."]


def test_modules_that_are_not_evaluated_are_in_the_json_summary(command, tmp_path):
    (tmp_path / "main.tf").write_text(MODULES)
    summary = json.loads(command("main.tf", "--format", "json").stdout)["summary"]
    assert summary["modules_not_evaluated"] == ["module.a", "module.b"]


def test_resources_that_a_plan_only_forgets_are_a_line_of_the_summary(command, tmp_path):
    block = {"address": "aws_sqs_queue.gone", "mode": "managed", "type": "aws_sqs_queue", "name": "gone"}
    change = {"actions": ["forget"], "before": {}, "after": None}
    document = {
        "format_version": "1.2",
        "planned_values": {"root_module": {"resources": [block]}},
        "resource_changes": [{**block, "change": change}],
        "configuration": {"root_module": {}},
    }
    (tmp_path / "plan.json").write_text(json.dumps(document))
    done = command("plan.json", policies=FAILING)
    assert (done.exit_code, done.stdout.splitlines()[1:]) == (
        0,
        ["1 resource (aws_sqs_queue.gone) removed from the state only; not checked."],
    )
    assert json.loads(command("plan.json", "--format", "json").stdout)["summary"]["forgotten"] == ["aws_sqs_queue.gone"]


def plan_with(**parts):
    document = {"format_version": "1.2", "planned_values": {"root_module": {}}, "configuration": {"root_module": {}}}
    return json.dumps(document | parts)


def entry(address, *actions):
    type_, name = address.split(".")
    return {"address": address, "type": type_, "name": name, "change": {"actions": list(actions)}}


NOTES = {
    "a partial plan": (
        {"complete": False},
        "partial plan (`complete` is false); what requires another plan is not checked",
        1,
    ),
    "a deferred change": (
        {"complete": False, "deferred_changes": [{"resource_change": entry("aws_sqs_queue.later", "create")}]},
        "1 deferred change (aws_sqs_queue.later) not checked; apply the plan and check the next one",
        1,
    ),
    "drift": (
        {"resource_drift": [entry("aws_sqs_queue.a", "update"), entry("aws_sqs_queue.b", "no-op")]},
        "1 resource (aws_sqs_queue.a) changed outside of Terraform",
        0,
    ),
    "an action": (
        {"action_invocations": [{"address": "action.aws_lambda_invoke.seed"}]},
        "1 action (action.aws_lambda_invoke.seed) invoked by the apply; not checked",
        0,
    ),
    "outputs only": (
        {"output_changes": {"url": {"actions": ["create"]}, "name": {"actions": ["no-op"]}}},
        "no resources; 1 output (url) changed; not checked",
        0,
    ),
}


def test_the_summary_of_a_partial_plan_says_so(command, tmp_path):
    (tmp_path / "plan.json").write_text(plan_with(complete=False))
    assert command("plan.json").stdout.startswith("Checked 0 resources in 1 stack (1 partial plan) with ")
    assert json.loads(command("plan.json", "--format", "json").stdout)["summary"]["partial"] == ["plan.json"]


def test_the_passes_of_a_partial_plan_are_not_green(command, tmp_path, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    partial = (PLANS / "partial" / "plan.json").read_text(encoding="utf-8")
    (tmp_path / "partial.json").write_text(partial)
    (tmp_path / "whole.json").write_text(partial.replace('"complete":false', '"complete":true'))
    assert "\x1b[1;33m1 passed" in command("partial.json").stdout
    assert "\x1b[1;32m1 passed" in command("whole.json").stdout


@pytest.mark.parametrize(("parts", "note", "if_asked"), NOTES.values(), ids=NOTES)
def test_what_else_a_plan_contains_is_a_line_of_the_summary(command, tmp_path, parts, note, if_asked):
    (tmp_path / "plan.json").write_text(plan_with(**parts))
    done = command("plan.json")
    assert (done.exit_code, " ".join(done.stdout.splitlines()[1:])) == (0, f"plan.json: {note}.")
    assert json.loads(command("plan.json", "--format", "json").stdout)["summary"]["notes"] == [f"plan.json: {note}"]
    assert command("plan.json", "--fail-on", "not-evaluated").exit_code == if_asked


def test_a_plan_with_nothing_is_an_error(command, tmp_path):
    (tmp_path / "plan.json").write_text(plan_with())
    assert command("plan.json").exit_code == 2


def test_resources_of_a_provider_without_policies_are_a_line_of_the_summary(command, tmp_path):
    hcl = "".join(f'resource "{type_}" "x" {{}}\n' for type_ in ("azurerm_subnet", "azurerm_vnet", "random_id"))
    (tmp_path / "main.tf").write_text(hcl + 'resource "google_compute_instance" "x" {}\nresource "aws_vpc" "x" {}\n')
    assert command("main.tf").stdout.splitlines()[1:] == ["No policy checks resources of azurerm (2) and google (1)."]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [("state.json", SHOWN_STATE, "a state describes"), ("plan.json", "", "empty file")],
    ids=["a state", "an empty plan"],
)
def test_a_file_of_a_directory_that_is_no_plan_is_skipped(command, tmp_path, name, content, reason):
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "main.tf").write_text('resource "aws_sqs_queue" "q" {}')
    (tmp_path / "app" / name).write_text(content)
    done = command("app")
    assert done.exit_code == 0
    assert f"app/{name}: {reason}" in " ".join(done.stdout.split())
    (tmp_path / "app" / "main.tf").unlink()
    assert command("app").exit_code == 2
    assert command(f"app/{name}").exit_code == 2


@pytest.mark.parametrize(
    ("globs", "exit_code"),
    [
        ("[]", 2),
        ('["legacy/**"]', 0),
        ('["legacy"]', 0),
        ('["*/old"]', 0),
        ('["old"]', 0),
        ('["**/x.tf"]', 0),
        ('["x"]', 2),
    ],
)
def test_a_directory_in_exclude_is_not_read(command, tmp_path, globs, exit_code):
    (tmp_path / "legacy" / "old").mkdir(parents=True)
    (tmp_path / "legacy" / "old" / "x.tf").write_text("resource {")
    (tmp_path / "main.tf").write_text('resource "aws_sqs_queue" "q" {}')
    (tmp_path / "plainwork.toml").write_text(f"exclude = {globs}")
    assert command(".").exit_code == exit_code
    assert command("legacy/old/x.tf").exit_code == 2


def test_an_error_states_that_exclude_omits_all_inputs(command, tmp_path):
    (tmp_path / "main.tf").write_text('resource "aws_sqs_queue" "q" {}')
    (tmp_path / "plainwork.toml").write_text('exclude = ["main.tf"]')
    assert "; `exclude` in the settings omits 1" in " ".join(command(".").stdout.split())


def test_a_summary_names_modules_of_equal_addresses_once(command, tmp_path):
    for stack in ("a", "b"):
        (tmp_path / stack).mkdir()
        (tmp_path / stack / "main.tf").write_text('module "m" {\n  source = "../m"\n}\n')
    assert "2 modules (module.m) not evaluated" in command(".").stdout


def test_a_summary_names_the_first_of_many_modules(command, tmp_path):
    calls = [f'module "m{number}" {{\n  source = "./m"\n}}\n' for number in range(10)]
    (tmp_path / "main.tf").write_text("".join(calls))
    assert ", module.m7 and others) not evaluated; check a plan." in " ".join(command("main.tf").stdout.split())


@pytest.mark.parametrize(("fail_on", "exit_code"), [("low", 0), ("not-evaluated", 1)])
def test_a_module_that_is_not_evaluated_is_1_if_asked(command, tmp_path, fail_on, exit_code):
    (tmp_path / "main.tf").write_text(MODULES)
    assert command("main.tf", "--fail-on", fail_on).exit_code == exit_code


def test_a_plan_has_the_resources_of_its_modules(command):
    assert "modules not evaluated" not in command(PLAN, "--fail-on", "not-evaluated").stdout


def test_a_retired_policy_in_the_settings_is_an_error_that_names_what_replaces_it(command, tmp_path):
    (tmp_path / "plainwork.toml").write_text('ignore = ["module-not-evaluated"]')
    done = command(PLAN)
    assert done.exit_code == 2
    assert "ignore: policy module-not-evaluated (PLW_MODULE_001) is retired" in " ".join(done.stdout.split())


def test_policies_are_selected_by_id_and_slug(command):
    two = (a_policy(yields(FAIL), number=1, slug="first"), a_policy(yields(), number=2, slug="second"))
    assert command(PLAN, "--select", "second", policies=two).exit_code == 0
    assert command(PLAN, "--select", "PLW_TEST_001", policies=two).exit_code == 1


def test_an_ignored_policy_is_not_evaluated_and_is_listed(command, tmp_path):
    (tmp_path / "plainwork.toml").write_text('ignore = ["first"]')
    two = (a_policy(yields(FAIL), number=1, slug="first"), a_policy(yields(), number=2, slug="second"))
    done = command(PLAN, policies=two)
    assert done.exit_code == 0
    assert "Ignored: PLW_TEST_001 first" in done.stdout


def test_an_option_selects_also_an_ignored_policy(command, tmp_path):
    (tmp_path / "plainwork.toml").write_text('ignore = ["a-test"]')
    assert command(PLAN, "--select", "a-test", policies=FAILING).exit_code == 1


def test_the_json_report_is_one_object(command):
    report = json.loads(command(OTHER_PLAN, ERRORED, "--format", "json", policies=FAILING).stdout)
    assert report["summary"] == {
        "stacks": 1,
        "resources": 4,
        "policies": 1,
        "results": 4,
        "passed": 0,
        "failed": 4,
        "not_evaluated": 0,
        "waived": 0,
        "errors": 1,
        "modules_not_evaluated": [],
        "forgotten": [],
        "partial": [],
        "notes": [],
        "formats": {"plan": 1},
        "settings_required": [],
        "ignored": [],
        "min_severity": "low",
        "fail_on": "low",
        "exit_code": 2,
    }
    assert report["errors"][0]["file"] == ERRORED


def test_a_finding_in_the_json_report_has_everything(command):
    assert json.loads(command(OTHER_PLAN, "--format", "json", policies=FAILING).stdout)["findings"][0] == {
        "policy": "PLW_TEST_001",
        "slug": "a-test",
        "status": "failed",
        "state": None,
        "severity": "high",
        "stack": OTHER_PLAN,
        "address": "aws_cloudwatch_log_group.new_name",
        "actions": ["no-op"],
        "module": None,
        "argument": "tags",
        "file": OTHER_PLAN,
        "line": 0,
        "python": None,
        "calls": [],
        "message": "has no tags",
        "value": {"Name": "(unknown)"},
        "remedy": "add some",
        "page": "https://plainwork.readthedocs.io/en/stable/policies/a-test.html",
        "link": "https://example.com",
    }


def test_findings_have_the_same_order_on_every_run(command):
    two = (a_policy(yields(FAIL, UNKNOWN), number=2), a_policy(yields(UNKNOWN), number=1))
    report = json.loads(command(OTHER_PLAN, "--format", "json", policies=two).stdout)
    order = [(finding["address"], finding["policy"]) for finding in report["findings"]]
    assert order == sorted(order)


def test_a_json_report_loads_no_rich():
    script = "import sys, plainwork_cli.main as cli\ntry: cli.main()\nfinally: assert 'rich' not in sys.modules"
    ran = subprocess.run(
        [sys.executable, "-c", script, "check", PLAN, "--format", "json"], check=False, capture_output=True, text=True
    )
    assert ran.stderr == ""
    assert json.loads(ran.stdout)["summary"]["stacks"] == 1


@pytest.mark.parametrize("output", ["text", "json"])
@pytest.mark.parametrize(("path", "exit_code"), [(PLAN, 0), ("nope", 2)])
def test_a_closed_pipe_does_not_change_the_exit_code(path, exit_code, output):
    script = "from plainwork_cli.main import main; main()"
    options = ["check", path, "--select", "iam-wildcard-action", "--format", output]
    with subprocess.Popen(
        [sys.executable, "-c", script, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as ran:
        ran.stdout.close()
        assert ran.stderr.read() == b""
    assert ran.returncode == exit_code


@pytest.mark.parametrize("output", ["text", "json"])
def test_a_file_with_an_undecodable_name_is_checked(command, tmp_path, output):
    name = os.fsdecode(b"caf\xe9.json")
    (tmp_path / name).write_bytes(Path(PLAN).read_bytes())
    done = command(name, "--format", output, policies=FAILING)
    assert done.exit_code == 1
    assert r"caf\udce9.json" in done.stdout
