"""The model of a plan. The plans are Terraform's own (tools/plan_fixtures.py), over the HCL in `plans/`."""

import json
from pathlib import Path

import pytest

from plainwork_core.model.stack import Location, Stack
from plainwork_core.model.values import Unknown, is_known, unknowns
from plainwork_core.read import plan, read

PLANS = Path(__file__).parents[1] / "generated" / "plans"


def document(case):
    return json.loads((PLANS / case / "plan.json").read_text(encoding="utf-8"))


def stack(case) -> Stack:
    [only] = read(PLANS / case / "plan.json")
    return only


def resource(case, address):
    return stack(case).resource(address)


def provider(read_stack, key):
    return next(provider for provider in read_stack.providers if provider.key == key)


def test_each_instance_is_a_resource_of_its_own():
    assert [resource.address for resource in stack("modules").resources] == [
        "aws_sqs_queue.west[0]",
        "aws_sqs_queue.west[1]",
        'module.each["a"].aws_sqs_queue.this',
        'module.each["b.c"].aws_sqs_queue.this',
        "module.inherits.aws_sqs_queue.this",
        "module.outer[0].aws_sqs_queue.default",
        "module.outer[0].aws_sqs_queue.there",
        "module.outer[0].module.inner.aws_sqs_queue.this",
        "module.own.aws_sqs_queue.this",
    ]


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("aws_sqs_queue.west[1]", "aws.west"),
        ("module.inherits.aws_sqs_queue.this", "aws"),
        ('module.each["b.c"].aws_sqs_queue.this', "aws.west"),
        ("module.outer[0].aws_sqs_queue.there", "aws.west"),
        ("module.outer[0].module.inner.aws_sqs_queue.this", "aws.west"),
        ("module.own.aws_sqs_queue.this", "module.own:aws"),
    ],
)
def test_a_resource_has_the_provider_that_its_module_receives(address, key):
    found = stack("modules")
    assert found.provider_of(found.resource(address)).key == key


@pytest.mark.parametrize(
    ("key", "region"),
    [("aws", "eu-west-1"), ("aws.west", "us-west-2"), ("module.own:aws", "eu-central-1")],
    ids=["from a variable", "literal", "from the argument of a module"],
)
def test_the_region_of_a_provider_is_known(key, region):
    assert provider(stack("modules"), key).get("region") == region


def test_a_region_that_a_variable_is_only_a_part_of_is_unknown():
    changed = document("modules")
    changed["variables"]["region"]["value"] = "eu-west"
    region = provider(plan.read(changed, "plan.json"), "aws").get("region")
    assert region == Unknown(
        "`provider.aws.region` is made of `var.region`, and a plan does not show how", ("var.region",)
    )


def test_default_tags_made_of_an_expression_are_unknown_by_name():
    tags = provider(stack("modules"), "aws").get("default_tags.0.tags")
    assert tags.reason == "`provider.aws.default_tags[0].tags` is made of `var.owner`, and a plan does not show how"


def test_literal_default_tags_are_a_block():
    changed = document("modules")
    changed["configuration"]["provider_config"]["aws"]["expressions"]["default_tags"] = [
        {"tags": {"constant_value": {"Owner": "platform"}}}
    ]
    assert provider(plan.read(changed, "plan.json"), "aws").get("default_tags.0.tags.Owner") == "platform"


@pytest.mark.parametrize(
    ("module", "key"),
    [
        ("module.inherits.module.queue", "aws"),
        ("module.passed.module.queue", "aws.west"),
        ("module.inherits_deeper.module.inner.module.queue", None),
        ("module.passed_deeper.module.inner.module.queue", None),
    ],
)
def test_below_a_module_without_resources_the_provider_is_inherited_if_no_call_can_pass_another(module, key):
    found = stack("providers")
    provider_of = found.provider_of(found.resource(f"{module}.aws_sqs_queue.this"))
    assert (provider_of.key if is_known(provider_of) else None) == key
    assert [provider.key for provider in found.providers] == ["aws", "aws.west"]


def test_below_modules_without_resources_the_default_configuration_is_inherited_without_an_alias():
    plan_ = document("providers")
    del plan_["configuration"]["provider_config"]["aws.west"]
    assert provider_in(plan_, "module.inherits_deeper.module.inner.module.queue.aws_sqs_queue.this").key == "aws"


def before_terraform_1_2(version="1.1.7", without=()):
    """The plan `modules` with the keys of an old Terraform, without the provider configurations *without*."""
    old = document("modules") | {"terraform_version": version}
    configuration = old["configuration"]
    for key in without:
        del configuration["provider_config"][key]
    to_do = list(configuration["root_module"]["module_calls"].items())
    for name, call in to_do:
        for block in call["module"].get("resources", ()):
            block["provider_config_key"] = f"{name}:aws"
        to_do += call["module"].get("module_calls", {}).items()
    return old


def provider_in(document_, address):
    found = plan.read(document_, "plan.json")
    return found.provider_of(found.resource(address))


@pytest.mark.parametrize(
    "address", ["module.inherits.aws_sqs_queue.this", "module.outer[0].module.inner.aws_sqs_queue.this"]
)
def test_before_terraform_1_2_a_module_inherits_the_default_configuration(address):
    old = before_terraform_1_2(without=["aws.west"])
    assert provider_in(old, address).key == "aws"
    old["configuration"]["provider_config"]["module.inherits:aws"] = {
        "name": "aws",
        "module_address": "module.inherits",
    }
    assert provider_in(old, address).key == "aws", "an entry of `required_providers` is no configuration"
    assert "module.inherits:aws" not in {provider.key for provider in plan.read(old, "plan.json").providers}


def test_before_terraform_1_2_a_module_inherits_a_default_configuration_that_is_not_written():
    old = before_terraform_1_2(without=["aws.west", "aws"])
    assert provider_in(old, "module.inherits.aws_sqs_queue.this") is None


@pytest.mark.parametrize(("version", "key"), [("0.12.31", "own:aws"), ("0.14.11", "module.own:aws")])
def test_before_terraform_1_2_a_module_uses_its_own_configuration(version, key):
    old = before_terraform_1_2(version)
    configurations = old["configuration"]["provider_config"]
    configurations[key] = configurations.pop("module.own:aws")
    found = provider_in(old, "module.own.aws_sqs_queue.this")
    assert (found.key, found.get("region")) == ("module.own:aws", "eu-central-1")


def test_before_terraform_1_2_the_provider_of_a_module_is_unknown_if_the_caller_may_pass_an_alias():
    assert not is_known(provider_in(before_terraform_1_2(), "module.inherits.aws_sqs_queue.this"))


def test_before_terraform_0_13_a_configuration_without_arguments_may_be_passed_or_not():
    old = before_terraform_1_2("0.12.31", without=["aws.west"])
    old["configuration"]["provider_config"]["inherits:aws"] = {"name": "aws", "module_address": "inherits"}
    assert not is_known(provider_in(old, "module.inherits.aws_sqs_queue.this"))
    assert "module.inherits:aws" not in {provider.key for provider in plan.read(old, "plan.json").providers}


def test_what_is_known_only_after_apply_is_unknown_and_names_what_it_is_made_of():
    assert resource("unknown", "aws_iam_policy.waits").get("policy") == Unknown(
        "`aws_iam_policy.waits.policy` is known only after apply", ("data.aws_iam_policy_document.waits.json",)
    )


def test_inside_a_module_a_reference_has_the_address_of_the_module():
    policy = resource("unknown", "module.inner[0].aws_iam_policy.inside").get("policy")
    assert policy.references == ("module.inner[0].data.aws_iam_policy_document.inside.json",)


def test_a_reference_is_followed_through_the_variable_of_a_module():
    document = resource("unknown", "module.inner[0].data.aws_iam_policy_document.inside")
    assert document.get("statement.0.resources.0").references == ("aws_s3_bucket.logs.arn",)


def test_a_reference_is_followed_through_the_output_of_a_module():
    changed = document("unknown")
    root = changed["configuration"]["root_module"]
    del root["module_calls"]["inner"]["count_expression"]
    root["module_calls"]["inner"]["module"]["outputs"] = {
        "json": {"expression": {"references": ["data.aws_iam_policy_document.inside.json"]}}
    }
    root["resources"][0]["expressions"]["policy"] = {"references": ["module.inner.json", "module.inner"]}
    policy = plan.read(changed, "plan.json").resource("aws_iam_policy.waits").get("policy")
    assert policy.references == ("module.inner.data.aws_iam_policy_document.inside.json",)


def test_a_data_source_that_waits_keeps_what_is_known_of_it():
    waits = resource("unknown", "data.aws_iam_policy_document.waits")
    assert waits.mode == "data"
    assert waits.get("statement.1.actions") == ["iam:*"]
    assert [unknown.reason for unknown in unknowns(waits.get("statement"))] == [
        "`data.aws_iam_policy_document.waits.statement[0].resources[0]` is known only after apply"
    ]


def test_a_data_source_that_was_read_while_planning_is_there():
    read_now = resource("unknown", "data.aws_iam_policy_document.read_now")
    assert read_now.get("statement.0.actions") == ["s3:*"]
    assert not list(unknowns(dict(read_now.values)))


def test_a_data_source_that_only_the_old_state_has_is_not():
    changed = document("unknown")
    changed["configuration"]["root_module"]["resources"].pop(2)
    assert plan.read(changed, "plan.json").resource("data.aws_iam_policy_document.read_now") is None


def test_null_is_absent():
    assert "kms_master_key_id" not in resource("modules", "aws_sqs_queue.west[0]").values


def test_a_plan_has_no_lines_and_no_backend():
    found = stack("modules")
    assert found.resources[0].location == Location(str(PLANS / "modules" / "plan.json"), 0)
    assert found.backend is None


def test_every_change_is_there_deletions_and_moves_included():
    assert {change.address: change.actions for change in stack("changes").changes} == {
        "aws_cloudwatch_log_group.deleted": ("delete",),
        "aws_cloudwatch_log_group.new_name": ("no-op",),
        "aws_cloudwatch_log_group.replaced": ("delete", "create"),
        "aws_cloudwatch_log_group.untouched": ("no-op",),
        "aws_cloudwatch_log_group.updated": ("update",),
    }


def test_a_replacement_has_its_reason_and_both_values():
    change = next(change for change in stack("changes").changes if change.actions == ("delete", "create"))
    assert (change.replace_paths, change.reason) == ((("name",),), "replace_because_cannot_update")
    assert change.location.file.endswith("changes/plan.json")
    assert (change.before["name"], change.after["name"]) == ("/app/before", "/app/after")
    assert not is_known(change.after["arn"])


def test_a_deletion_has_a_before_and_no_after_and_is_no_resource():
    found = stack("changes")
    deletion = next(change for change in found.changes if change.actions == ("delete",))
    assert (deletion.before["name"], deletion.after) == ("/app/deleted", None)
    assert found.resource("aws_cloudwatch_log_group.deleted") is None


def test_a_deposed_object_is_not_the_resource():
    changed = document("changes")
    left_over = changed["resource_changes"][0] | {"address": "aws_cloudwatch_log_group.updated", "deposed": "0b1c2d3e"}
    changed["resource_changes"].insert(0, left_over)
    found = {change.address: change.actions for change in plan.read(changed, "plan.json").changes}
    assert found["aws_cloudwatch_log_group.updated"] == ("update",)
    assert found["aws_cloudwatch_log_group.updated (deposed object 0b1c2d3e)"] == ("delete",)


@pytest.mark.parametrize("older", [False, True])
def test_a_resource_has_the_paths_of_its_sensitive_values(older):
    plan_of_queues = document("modules")
    queue, change = (
        plan_of_queues["planned_values"]["root_module"]["resources"][0],
        plan_of_queues["resource_changes"][0],
    )
    mask = {"name": True, "tags": {"Owner": True, "Name": False}, "rule": [{}, {"key": True}]}
    queue["sensitive_values"], change["change"]["after_sensitive"] = (None, mask) if older else (mask, False)
    assert plan.read(plan_of_queues, "plan.json").resources[0].sensitive == {"name", "tags.Owner", "rule.1.key"}


@pytest.mark.parametrize(
    ("expressions", "is_computed"),
    [
        ({}, True),
        ({"encrypted": {"constant_value": None}}, True),
        ({"encrypted": {}}, False),
        ({"encrypted": {"references": ["local.encrypted"]}}, False),
        ({"encrypted": {"references": ["var.encrypted"]}}, True),
    ],
    ids=["not set", "null", "length(timestamp()) > 100", "a local value", "a variable, which would be known"],
)
def test_an_argument_is_computed_by_the_provider_only_if_the_configuration_does_not_set_it(expressions, is_computed):
    address = "aws_efs_file_system.files"
    block = {"address": address, "mode": "managed", "type": "aws_efs_file_system", "name": "files"}
    change = {"actions": ["create"], "before": None, "after": {}, "after_unknown": {"encrypted": True}}
    file_systems = plan.read(
        {
            "format_version": "1.2",
            "planned_values": {"root_module": {"resources": [{**block, "values": {}}]}},
            "resource_changes": [{**block, "change": change}],
            "configuration": {"root_module": {"resources": [{**block, "expressions": expressions}]}},
        },
        "plan.json",
    )
    assert file_systems.resources[0].get("encrypted").is_computed is is_computed


def test_a_removed_block_is_a_change_and_not_a_resource():
    address = "aws_efs_file_system.gone"
    block = {"address": address, "mode": "managed", "type": "aws_efs_file_system", "name": "gone"}
    change = {"actions": ["forget"], "before": {"encrypted": True}, "after": {}, "after_unknown": {}}
    forgotten = plan.read(
        {
            "format_version": "1.2",
            "planned_values": {"root_module": {"resources": [block]}},
            "resource_changes": [{**block, "change": change}],
            "configuration": {"root_module": {}},
        },
        "plan.json",
    )
    assert forgotten.resources == ()
    assert [(change.address, change.forgets, change.destroys) for change in forgotten.changes] == [
        (address, True, False)
    ]
