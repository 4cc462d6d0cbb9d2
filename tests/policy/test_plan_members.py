"""What is done with each member of a plan: a test for each row of the tables in `docs/plans.md`.

The plans are Terraform's own (tools/plan_fixtures.py); what Terraform 1.11 does not write is added to them.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from plainwork_core.errors import InputError
from plainwork_core.model.values import is_known
from plainwork_core.read import plan

ROOT = Path(__file__).parents[2]
PLANS = ROOT / "tests" / "generated" / "plans"
TABLES = re.findall(r"^\| (`.*?) \|", (ROOT / "docs" / "plans.md").read_text(encoding="utf-8"), re.MULTILINE)
MEMBERS = {member for row in TABLES for member in re.findall(r"`(\w+)`", row)}
UNUSED = {
    "applyable",
    "timestamp",
    "relevant_attributes",
    "previous_address",
    "generated_config",
    "before_identity",
    "after_identity",
}
TESTED = set(UNUSED)


def row(*members):
    """Mark a test as that of the rows of *members*."""
    TESTED.update(members)
    return lambda test: test


def document(case, **members):
    return json.loads((PLANS / case / "plan.json").read_text(encoding="utf-8")) | members


def read(case, **members):
    return plan.read(document(case, **members), "plan.json")


def without(case, *members):
    return {name: part for name, part in document(case).items() if name not in members}


def with_change(address, **change):
    """The plan `changes` in which the change of *address* also has *change*."""
    made = document("changes")
    found = next(each for each in made["resource_changes"] if each["address"] == address)
    found["change"] |= change
    return plan.read(made, "plan.json")


def notes(stack, *, incomplete=None):
    return [note.message for note in stack.notes if incomplete in (None, note.is_incomplete)]


UPDATED = "aws_cloudwatch_log_group.updated"
DRIFTED = {"address": UPDATED, "type": "aws_cloudwatch_log_group", "name": "updated", "mode": "managed"}
UPDATE = {"actions": ["update"], "before": {}, "after": {}}


@row("format_version")
@pytest.mark.parametrize("version", ["0.1", "0.2", "1.0", "1.1", "1.2"])
def test_each_version_of_the_format_is_read(version):
    assert read("changes", format_version=version).resources


@row("configuration")
def test_a_plan_before_terraform_1_2_does_not_name_the_provider_of_a_module():
    made = document("modules", terraform_version="1.1.7")
    call = made["configuration"]["root_module"]["module_calls"]["inherits"]
    call["module"]["resources"][0]["provider_config_key"] = "inherits:aws"
    del made["configuration"]["provider_config"]["aws.west"]
    found = plan.read(made, "plan.json")
    assert found.provider_of(found.resource("module.inherits.aws_sqs_queue.this")).key == "aws"


@row("errored")
def test_a_plan_that_failed_is_an_error():
    with pytest.raises(InputError, match="`errored` is true"):
        read("errored")


PARTIAL = (
    "partial plan: 2 resources (aws_sqs_queue.omitted, module.queue.aws_sqs_queue.this) of the configuration "
    "not planned and not checked; plan without `-target`"
)


@row("complete")
def test_a_plan_with_a_target_is_partial():
    assert notes(read("partial"), incomplete=True) == [PARTIAL]


def test_a_plan_with_a_target_of_a_version_that_does_not_say_so_is_partial():
    assert notes(plan.read(without("partial", "complete"), "plan.json"), incomplete=True) == [PARTIAL]


def test_an_incomplete_plan_that_lacks_no_certain_resource_is_partial():
    assert notes(read("changes", complete=False), incomplete=True) == [
        "partial plan (`complete` is false); what requires another plan is not checked"
    ]


@pytest.mark.parametrize("case", ["changes", "documents", "members", "modules", "unknown"])
def test_a_plan_of_everything_is_not_partial(case):
    assert notes(plan.read(without(case, "complete"), "plan.json"), incomplete=True) == []


def test_a_plan_that_only_refreshes_names_what_it_does_not_contain():
    made = document("partial", complete=True)
    made["resource_changes"][0]["change"] |= {"actions": ["no-op"], "before": {}}
    found = plan.read(made, "plan.json")
    assert notes(found, incomplete=False) == [
        "2 resources (aws_sqs_queue.omitted, module.queue.aws_sqs_queue.this) of the configuration not in the plan"
    ]


def test_a_plan_that_destroys_contains_what_the_state_has():
    made = without("partial", "complete") | {"planned_values": {"root_module": {}}}
    made["resource_changes"][0]["change"] |= {"actions": ["delete"], "before": {}, "after": None}
    assert notes(plan.read(made, "plan.json")) == []


@row("terraform_version")
@pytest.mark.parametrize(("version", "is_partial"), [("1.10.6", True), ("1.11.0", False), ("1.12.1", False)])
def test_a_resource_that_an_opentofu_plan_lacks_may_not_be_enabled(version, is_partial):
    made = without("partial", "complete") | {"terraform_version": version}
    made["resource_changes"][0]["provider_name"] = "registry.opentofu.org/hashicorp/aws"
    [note] = plan.read(made, "plan.json").notes
    assert (note.is_incomplete, "2 resources (aws_sqs_queue.omitted" in note.message) == (is_partial, True)


@row("variables")
def test_a_variable_has_its_value():
    assert read("modules").configuration.variable("region") == "eu-west-1"


@row("planned_values")
def test_planned_resources_are_checked():
    assert read("members").resource("aws_cloudwatch_log_group.app").get("retention_in_days") == 7


@row("prior_state")
def test_a_data_source_that_was_read_while_planning_is_checked():
    read_now = read("unknown").resource("data.aws_iam_policy_document.read_now")
    assert read_now.get("statement.0.actions") == ["s3:*"]


@row("resource_changes", "actions", "before", "after", "replace_paths", "action_reason")
def test_each_change_is_checked():
    change = next(change for change in read("changes").changes if change.replaces)
    assert (change.address, change.actions) == ("aws_cloudwatch_log_group.replaced", ("delete", "create"))
    assert (change.before["name"], change.after["name"]) == ("/app/before", "/app/after")
    assert (change.replace_paths, change.reason) == ((("name",),), "replace_because_cannot_update")


@row("actions")
def test_a_resource_that_is_dropped_from_the_state_is_a_change_and_no_resource():
    found = read("members")
    [forgotten] = [change for change in found.changes if change.forgets]
    assert (forgotten.address, found.resource(forgotten.address)) == ("aws_cloudwatch_log_group.kept", None)


def test_a_resource_that_replaces_one_that_is_dropped_from_the_state_is_checked():
    found = with_change("aws_cloudwatch_log_group.replaced", actions=["create", "forget"])
    [forgotten] = [change for change in found.changes if change.forgets]
    assert found.resource(forgotten.address) is not None
    assert (forgotten.destroys, forgotten.replaces) == (False, False)


@row("deposed")
def test_a_deposed_object_is_a_change_and_no_resource():
    made = document("changes")
    deleted = next(change for change in made["resource_changes"] if change["change"]["actions"] == ["delete"])
    made["resource_changes"].append({**deleted, "address": UPDATED, "deposed": "00000001"})
    found = plan.read(made, "plan.json")
    assert f"{UPDATED} (deposed object 00000001)" in {change.address for change in found.changes}
    assert len(found.resources) == len(read("changes").resources)


@row("after_unknown")
def test_what_is_known_only_after_apply_is_unknown():
    assert not is_known(read("partial").resource("aws_sqs_queue.planned").get("arn"))


@row("before_sensitive", "after_sensitive")
def test_a_sensitive_value_is_marked():
    found = with_change(UPDATED, after_sensitive={"name": True})
    assert found.resource(UPDATED).sensitive == {"name"}


@row("importing")
def test_an_import_is_named_and_checked():
    found = with_change(UPDATED, importing={"id": "/app/updated"})
    assert notes(found) == [f"1 resource ({UPDATED}) imported"]
    assert found.resource(UPDATED)


@row("resource_drift")
@pytest.mark.parametrize("lacks", [None, "address"], ids=["now", "of Terraform 1.0"])
def test_a_change_outside_of_terraform_is_named(lacks):
    drifted = {name: part for name, part in DRIFTED.items() if name != lacks}
    assert notes(read("changes", resource_drift=[drifted | {"change": UPDATE}])) == [
        f"1 resource ({UPDATED}) changed outside of Terraform"
    ]


def test_a_drift_without_an_address_is_named_with_its_module_and_key():
    drifted = {"mode": "data", "type": "aws_vpc", "name": "a", "module_address": 'module.m["b"]', "index": "c"}
    [note] = read("changes", resource_drift=[drifted | {"change": UPDATE}]).notes
    assert note.message == '1 resource (module.m["b"].data.aws_vpc.a["c"]) changed outside of Terraform'


@row("deferred_changes")
def test_a_deferred_change_is_named_and_the_plan_is_partial():
    change = {"resource_change": DRIFTED | {"change": UPDATE}, "reason": "instance_count_unknown"}
    assert notes(read("changes", complete=False, deferred_changes=[change]), incomplete=True) == [
        f"1 deferred change ({UPDATED}) not checked; apply the plan and check the next one"
    ]


ACTION = {"address": "action.aws_lambda_invoke.seed", "type": "aws_lambda_invoke", "name": "seed"}


@row("deferred_action_invocations")
def test_a_deferred_action_is_named_and_the_plan_is_partial():
    deferred = [{"reason": "deferred_prereq", "action_invocation": ACTION}]
    assert notes(read("changes", complete=True, deferred_action_invocations=deferred), incomplete=True) == [
        "1 deferred action (action.aws_lambda_invoke.seed) not checked; apply the plan and check the next one"
    ]


@row("action_invocations")
def test_an_action_is_named():
    assert notes(read("changes", action_invocations=[ACTION])) == [
        "1 action (action.aws_lambda_invoke.seed) invoked by the apply; not checked"
    ]


@row("output_changes", "checks")
def test_failed_checks_and_changed_outputs_are_named():
    assert notes(read("members")) == [
        "1 check (check.retention) failed in Terraform",
        "1 output (log_group_arn) changed; not checked",
    ]


def test_the_checks_of_terraform_1_2_have_another_form():
    assert notes(read("changes", checks=[{"address": UPDATED, "status": "fail"}, "x"])) == []
    assert notes(read("changes", checks={})) == []


def test_each_row_of_the_tables_has_a_test():
    assert MEMBERS == TESTED


@pytest.mark.parametrize("case", sorted(path.name for path in PLANS.iterdir()))
def test_each_member_of_a_plan_is_in_the_tables(case):
    made = document(case)
    changes = made.get("resource_changes", ())
    described = {"address", "module_address", "mode", "type", "name", "index", "provider_name", "change"}
    inner = {name for change in changes for name in (*(change.keys() - described), *change["change"])}
    assert made.keys() | inner <= MEMBERS
