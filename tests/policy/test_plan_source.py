"""A plan with the HCL that it was made of (`plainwork check plan.json --source DIR`).

The plan is Terraform's own (tools/plan_fixtures.py), over the HCL in `plans/source`.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from plainwork_cli.main import main
from plainwork_core.errors import InputError
from plainwork_core.iam.hidden_documents import hidden_documents
from plainwork_core.model.values import JsonText, PartialString, Unknown, is_known
from plainwork_core.read import plan, read
from plainwork_core.read.plan_overlay import overlaid, placed
from plainwork_core.read.plan_source import with_source
from plainwork_policies.engine.runner import evaluate
from plainwork_policies.engine.settings import Settings
from plainwork_policies.privileges.iam_wildcard_action import iam_wildcard_action

SOURCE = Path(__file__).parent / "plans" / "source"
PLAN = Path(__file__).parents[1] / "generated" / "plans" / "source" / "plan.json"
TOKEN = "s3:GetObjectTagging"
"""The value of the sensitive variable."""
UNKNOWN = Unknown("`aws_s3_bucket.data.arn` is known only after apply", ("aws_s3_bucket.data.arn",))


def alone(**members):
    return plan.read(json.loads(PLAN.read_text(encoding="utf-8")) | members, "plan.json")


@pytest.fixture(scope="module")
def both():
    return with_source(alone(), SOURCE)


def statuses(stack):
    return {result.address: result.status for result in evaluate(stack, [iam_wildcard_action], Settings())}


def results(stack, name):
    return {address: status for address, status in statuses(stack).items() if f"aws_iam_policy.{name}" in address}


@pytest.mark.parametrize(("name", "status"), [("wide", "failed"), ("narrow", "passed"), ("shown", "passed")])
def test_a_document_that_the_plan_hides_is_checked(both, name, status):
    assert results(both, name) == {f"aws_iam_policy.{name}": status}


@pytest.mark.parametrize(
    ("name", "status"), [("wide", "not_evaluated"), ("narrow", "not_evaluated"), ("shown", "passed")]
)
def test_without_the_hcl_it_is_not_evaluated(name, status):
    assert results(alone(), name) == {f"aws_iam_policy.{name}": status}


@pytest.mark.parametrize(("actions", "status"), [("s3:*", "failed"), ("s3:GetObject", "passed")])
def test_a_variable_has_the_value_of_the_plan(actions, status):
    given = json.loads(PLAN.read_text(encoding="utf-8"))["variables"] | {"actions": {"value": [actions]}}
    found = with_source(alone(variables=given), SOURCE)
    assert results(found, "from_variable") == {"aws_iam_policy.from_variable": status}


def test_an_attribute_has_the_value_of_the_plan(both):
    assert results(both, "planned") == {"aws_iam_policy.planned": "failed"}


def test_each_instance_has_its_own_value(both):
    assert results(both, "each") == {
        'aws_iam_policy.each["all"]': "failed",
        'aws_iam_policy.each["read"]': "passed",
    }


def test_a_document_in_a_module_has_the_values_of_its_calls(both):
    assert results(both, "this") == {
        'module.team["blue"].module.policy.aws_iam_policy.this': "failed",
        'module.team["green"].module.policy.aws_iam_policy.this': "passed",
    }
    inner = both.resource('module.team["blue"].module.policy.aws_iam_policy.this')
    assert Path(inner.location.file) == SOURCE / "team" / "policy" / "main.tf"
    assert [Path(call.file).name for call in inner.calls] == ["main.tf", "main.tf"]


def test_an_argument_of_a_provider_that_the_plan_hides_is_known(both):
    (aws,) = both.providers
    assert aws.get("default_tags.0.tags") == {"Environment": "test", "Owner": "platform"}
    (unknown,) = alone().providers
    assert not is_known(unknown.get("default_tags.0.tags"))


def test_a_part_that_is_known_only_after_apply_stays_unknown(both):
    policy = both.resource("aws_iam_policy.wide").get("policy")
    assert isinstance(policy, JsonText)
    resource = policy.document["Statement"][0]["Resource"]
    assert isinstance(resource, PartialString)
    assert resource.references == ("aws_s3_bucket.data.arn",)


def test_a_known_value_of_the_plan_wins(tmp_path):
    other = shutil.copytree(SOURCE, tmp_path / "source") / "main.tf"
    other.write_text(
        other.read_text(encoding="utf-8").replace('"shown"\n  policy', '"other"\n  policy'), encoding="utf-8"
    )
    found = with_source(alone(), other.parent).resource("aws_iam_policy.shown")
    assert (found.get("name"), is_known(found.get("policy"))) == ("shown", True)


def test_the_backend_and_the_requirements_are_those_of_the_hcl(both):
    assert (both.backend.type, both.backend.get("key")) == ("s3", "app/terraform.tfstate")
    assert both.required_version == ">= 1.5"
    assert [required.name for required in both.required_providers] == ["aws"]
    assert (alone().backend, alone().required_version) == (None, "")


def test_a_block_has_its_file_and_line(both):
    wide = both.resource("aws_iam_policy.wide")
    text = (SOURCE / "main.tf").read_text(encoding="utf-8").splitlines()
    assert Path(wide.location.file) == SOURCE / "main.tf"
    assert text[wide.at("policy.Statement.0.Action").line - 1].lstrip().startswith("Statement = [{ Effect")


def test_a_nested_block_of_a_set_has_its_own_value_and_line(both):
    role = both.resource("aws_iam_role.sorted")
    assert [block["name"] for block in role.blocks("inline_policy")] == ["a", "b"]
    actions = [block["policy"].document["Statement"][0]["Action"] for block in role.blocks("inline_policy")]
    assert actions == ["s3:GetObject", "s3:*"]
    assert role.at("inline_policy.0.name").line > role.at("inline_policy.1.name").line


def test_what_a_plan_marks_as_sensitive_is_not_taken_from_the_hcl(both):
    policy = both.resource("aws_iam_policy.sensitive").get("policy")
    assert type(policy) is Unknown
    assert results(both, "sensitive") == {"aws_iam_policy.sensitive": "not_evaluated"}


@pytest.mark.parametrize("output", ["text", "json", "sarif", "markdown"])
def test_no_report_shows_a_sensitive_value(output):
    done = CliRunner().invoke(main, ["check", str(PLAN), "--source", str(SOURCE), "--format", output])
    assert done.exit_code == 1
    assert TOKEN not in done.stdout
    assert "correct-horse-battery" not in done.stdout


def test_ignore_changes_is_that_of_the_hcl(both):
    database = both.resource("aws_db_instance.main")
    assert (database.ignores("tags.Owner"), database.ignores("password")) == (True, False)
    assert alone().resource("aws_db_instance.main").ignores("password") is None


def test_reasons_do_not_advise_to_check_a_plan():
    written = JsonText(
        "`var.a` is unset; check a plan; `var.b` is unset; check its caller or a plan", (), {"a": UNKNOWN}
    )
    assert overlaid(UNKNOWN, written).reason == "`var.a` is unset; `var.b` is unset"


KNOWN_LATER = Unknown("known only after apply")
PART = PartialString("known in part", (), ("arn:", UNKNOWN))


@pytest.mark.parametrize(
    ("planned", "written", "value"),
    [
        (KNOWN_LATER, PART, PART),
        (KNOWN_LATER, UNKNOWN, KNOWN_LATER),
        (KNOWN_LATER, None, KNOWN_LATER),
        (Unknown("computed", is_computed=True), PART, Unknown("computed", is_computed=True)),
        ("a", PART, "a"),
        ({"a": KNOWN_LATER, "b": "c"}, {"a": PART, "b": "d"}, {"a": PART, "b": "c"}),
        ({"a": KNOWN_LATER}, UNKNOWN, {"a": KNOWN_LATER}),
        ([KNOWN_LATER, "a"], ["a", PART], ["a", PART]),
        ([KNOWN_LATER, "a"], ["b", PART], [KNOWN_LATER, "a"]),
        ([KNOWN_LATER], [PART, PART], [KNOWN_LATER]),
        (["b", "a"], ["a", "b"], ["b", "a"]),
        ([{"n": "a", "v": KNOWN_LATER}], [{"n": "a", "v": PART}], [{"n": "a", "v": PART}]),
        ([{"n": "a", "v": KNOWN_LATER}], [{"n": "b", "v": PART}], [{"n": "a", "v": KNOWN_LATER}]),
        (
            [{"v": KNOWN_LATER}, {"v": KNOWN_LATER}],
            [{"v": PART}, {"v": "other"}],
            [{"v": KNOWN_LATER}, {"v": KNOWN_LATER}],
        ),
        ([{"p": 80, "v": KNOWN_LATER}], [{"p": "80", "v": PART}], [{"p": 80, "v": PART}]),
    ],
)
def test_the_value_of_the_plan_wins_where_it_has_one(planned, written, value):
    assert overlaid(planned, written) == value


def test_a_line_of_blocks_that_cannot_be_told_apart_is_omitted():
    blocks = [{"v": KNOWN_LATER}, {"v": KNOWN_LATER}]
    assert placed({"b": 1, "b.0.v": 2, "a": 3}, {"b": blocks, "a": 1}, {"b": blocks, "a": 1}) == {"b": 1, "a": 3}


def test_hcl_without_a_block_of_the_plan_is_an_error(tmp_path):
    main_file = shutil.copytree(SOURCE, tmp_path / "source") / "main.tf"
    text = main_file.read_text(encoding="utf-8")
    main_file.write_text(text.replace('"aws_iam_policy" "narrow"', '"aws_iam_policy" "renamed"'), encoding="utf-8")
    with pytest.raises(InputError) as raised:
        with_source(alone(), main_file.parent)
    assert str(raised.value) == (
        f"plan.json was not made of the HCL in {main_file.parent}: {main_file.parent} lacks 1 block "
        "(aws_iam_policy.narrow); pass the directory of the root module, as it was when the plan was made"
    )


def test_hcl_with_a_block_that_the_plan_does_not_have_is_an_error(tmp_path):
    shutil.copytree(SOURCE, tmp_path / "source")
    (tmp_path / "source" / "new.tf").write_text('resource "aws_vpc" "new" {\n  count = 0\n}\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"plan\.json lacks 1 block \(aws_vpc\.new\)"):
        with_source(alone(), tmp_path / "source")


def test_the_blocks_of_modules_are_compared(tmp_path):
    shutil.copytree(SOURCE, tmp_path / "source")
    inner = tmp_path / "source" / "team" / "policy" / "main.tf"
    inner.write_text(inner.read_text(encoding="utf-8").replace('" "this"', '" "other"'), encoding="utf-8")
    with pytest.raises(InputError, match=r"lacks 1 block \(module\.team\.module\.policy\.aws_iam_policy\.this\)"):
        with_source(alone(), tmp_path / "source")


def test_the_blocks_of_a_module_that_is_not_installed_are_not_compared(tmp_path):
    main_file = shutil.copytree(SOURCE, tmp_path / "source") / "main.tf"
    text = main_file.read_text(encoding="utf-8")
    main_file.write_text(text.replace('"./team"', '"example/team/aws"'), encoding="utf-8")
    found = with_source(alone(), main_file.parent)
    assert set(results(found, "this").values()) == {"not_evaluated"}
    assert results(found, "wide") == {"aws_iam_policy.wide": "failed"}


def test_a_resource_whose_instances_the_hcl_does_not_determine_has_what_they_have_in_common(tmp_path):
    main_file = shutil.copytree(SOURCE, tmp_path / "source") / "main.tf"
    text = main_file.read_text(encoding="utf-8")
    for known in ('{ blue = "s3:*", green = "s3:GetObject" }', '{ read = "s3:GetObject", all = "s3:*" }'):
        text = text.replace(known, "toset([aws_s3_bucket.data.arn])")
    main_file.write_text(text, encoding="utf-8")
    found = with_source(alone(), main_file.parent)
    assert set(results(found, "each").values()) == {"not_evaluated"}
    team = found.resource('module.team["blue"].module.policy.aws_iam_policy.this').get("policy")
    assert team.document["Statement"][0]["Effect"] == "Allow"


def test_the_command_exits_with_2_if_plan_and_hcl_are_not_of_one_configuration(tmp_path):
    (tmp_path / "main.tf").write_text('resource "aws_vpc" "other" {}\n', encoding="utf-8")
    done = CliRunner().invoke(main, ["check", str(PLAN), "--source", str(tmp_path)])
    assert done.exit_code == 2
    assert "was not made of the HCL in" in " ".join(done.stdout.split())


@pytest.mark.parametrize(
    ("paths", "problem"),
    [
        ([SOURCE], "--source requires one plan, but there is none"),
        ([PLAN, PLAN.parents[1] / "unknown" / "plan.json"], "--source requires one plan, but there are 2"),
    ],
)
def test_the_hcl_is_that_of_one_plan(paths, problem):
    done = CliRunner().invoke(main, ["check", *map(str, paths), "--source", str(SOURCE)])
    assert (done.exit_code, problem in " ".join(done.stdout.split())) == (2, True)


@pytest.mark.parametrize("content", [None, "", "resource {"])
def test_a_directory_that_cannot_be_read_is_an_error(tmp_path, content):
    if content is not None:
        (tmp_path / "hcl").mkdir()
        (tmp_path / "hcl" / "main.tf").write_text(content, encoding="utf-8")
    assert CliRunner().invoke(main, ["check", str(PLAN), "--source", str(tmp_path / "hcl")]).exit_code == 2


def test_a_plan_alone_says_how_many_documents_it_hides():
    hidden = list(hidden_documents(alone()))
    assert "aws_iam_policy.wide.policy" in hidden
    assert "aws_iam_role.sorted.inline_policy.1.policy" in hidden
    assert "aws_iam_policy.shown.policy" not in hidden
    done = CliRunner().invoke(main, ["check", str(PLAN), "--format", "json"])
    [note] = [note for note in json.loads(done.stdout)["summary"]["notes"] if "--source" in note]
    assert note.startswith(f"{PLAN}: {len(hidden)} policy documents (")
    assert note.endswith("known only after apply; `--source DIR` reads their HCL")


def test_a_document_of_a_data_source_that_waits_is_not_hidden():
    assert list(hidden_documents(read(PLAN.parents[1] / "documents" / "plan.json")[0])) == []


def test_a_plan_with_its_hcl_does_not_ask_for_it():
    done = CliRunner().invoke(main, ["check", str(PLAN), "--source", str(SOURCE), "--format", "json"])
    assert not any("--source" in note for note in json.loads(done.stdout)["summary"]["notes"])
