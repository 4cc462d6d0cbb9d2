"""Optional and computed arguments in a plan: those that the configuration sets, and those that are read back."""

import json

import pytest

from plainwork_core.aws.computed_arguments import computed_arguments
from plainwork_core.model.references import is_computed_by_provider
from plainwork_core.model.values import Unknown
from plainwork_core.read import plan
from plainwork_core.schema import load
from plainwork_policies.engine.registry import by_name, loaded
from plainwork_policies.engine.runner import evaluate
from plainwork_policies.engine.settings import Settings
from plainwork_policies.regions.settings import RegionSettings

WILDCARD = json.dumps({"Statement": [{"Effect": "Allow", "Action": "dynamodb:*", "Resource": "*"}]})
INLINE = {"id": "deploy", "name": "deploy", "inline_policy": [{"name": "p", "policy": WILDCARD}]}
FULL_ACCESS = json.dumps({"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}]})
ENDPOINT = {"id": "vpce-1", "service_name": "com.amazonaws.eu-west-1.s3", "vpc_endpoint_type": "Gateway"}
MODULE_ARGUMENTS = {"security_group_ids": "groups", "service_name": "groups"}
RULES = [{"from_port": 443, "to_port": 443, "protocol": "tcp", "cidr_blocks": ["10.0.0.0/8"]}]


def resource(address, values, *, before=None, written=(), unknown=None):
    """Return the parts of a plan about one resource: planned values, change and configuration."""
    type_, _, name = address.partition(".")
    head = {"address": address, "mode": "managed", "type": type_, "name": name}
    actions = ["create"] if before is None else ["no-op"] if before == values else ["update"]
    change = {"actions": actions, "before": before, "after": values, "after_unknown": unknown or {}}
    expressions = {argument: {"constant_value": values.get(argument)} for argument in written}
    block = {**head, "provider_config_key": "aws", "expressions": expressions}
    return {**head, "values": values}, {**head, "change": change}, block


def existing(address, values, *, written=()):
    return resource(address, values, before=values, written=written)


def read(*parts):
    planned, changes, blocks = zip(*parts, strict=True)
    document = {
        "format_version": "1.2",
        "planned_values": {"root_module": {"resources": list(planned)}},
        "resource_changes": list(changes),
        "configuration": {
            "provider_config": {"aws": {"name": "aws", "expressions": {"region": {"constant_value": "eu-west-1"}}}},
            "root_module": {"resources": list(blocks)},
        },
    }
    return plan.read(document, "plan.json")


def status(slug, address, *parts):
    results = evaluate(read(*parts), [loaded(by_name(slug))], Settings())
    return {result.address: result.status for result in results}.get(address)


ROLE = "aws_iam_role.deploy"
ROLE_POLICY = existing(
    "aws_iam_role_policy.p", {"id": "deploy:p", "role": "deploy", "policy": WILDCARD}, written=("role", "policy")
)


def test_the_policies_of_other_resources_in_a_role_are_read_back():
    role = read(existing(ROLE, INLINE, written=("name",)), ROLE_POLICY).resource(ROLE)
    assert "inline_policy" not in role.values
    assert role.read_back["inline_policy"] == INLINE["inline_policy"]


def test_a_wildcard_is_one_finding_on_the_resource_that_has_it():
    parts = existing(ROLE, INLINE, written=("name",)), ROLE_POLICY
    assert status("iam-wildcard-action", ROLE, *parts) is None
    assert status("iam-wildcard-action", "aws_iam_role_policy.p", *parts) == "failed"


def test_a_plan_that_mends_the_wildcard_passes():
    mended = WILDCARD.replace("dynamodb:*", "dynamodb:GetItem")
    before, after = ({"id": "deploy:p", "role": "deploy", "policy": policy} for policy in (WILDCARD, mended))
    policy = resource("aws_iam_role_policy.p", after, before=before, written=("role", "policy"))
    parts = existing(ROLE, INLINE, written=("name",)), policy
    results = evaluate(read(*parts), [loaded(by_name("iam-wildcard-action"))], Settings())
    assert {result.status for result in results} == {"passed"}


@pytest.mark.parametrize(
    "role",
    [existing(ROLE, INLINE, written=("name", "inline_policy")), existing(ROLE, INLINE), resource(ROLE, INLINE)],
    ids=["in the configuration", "without another resource: a dynamic block", "created: a dynamic block"],
)
def test_the_policies_that_the_role_has_itself_are_checked(role):
    assert status("iam-wildcard-action", ROLE, role) == "failed"


def test_a_default_policy_that_is_read_back_is_a_missing_one():
    endpoint = existing("aws_vpc_endpoint.s3", {**ENDPOINT, "policy": FULL_ACCESS}, written=("service_name",))
    assert status("vpc-endpoint-policy-missing", "aws_vpc_endpoint.s3", endpoint) == "failed"
    written = existing("aws_vpc_endpoint.s3", {**ENDPOINT, "policy": FULL_ACCESS}, written=("service_name", "policy"))
    assert status("vpc-endpoint-policy-missing", "aws_vpc_endpoint.s3", written) == "passed"


def test_an_argument_that_the_plan_changes_is_planned():
    before = {"id": "b", "bucket": "b", "acl": None}
    bucket = resource("aws_s3_bucket.b", {**before, "acl": "private"}, before=before)
    assert read(bucket).resource("aws_s3_bucket.b").get("acl") == "private"


def test_the_merged_tags_are_those_of_the_configuration():
    tagged = {"id": "q", "tags_all": {"Owner": "platform"}}
    assert read(existing("aws_sqs_queue.q", tagged)).resource("aws_sqs_queue.q").get("tags_all") == tagged["tags_all"]


def test_the_rules_of_other_resources_in_a_security_group_are_read_back():
    group = existing("aws_security_group.g", {"id": "sg-1", "ingress": RULES}, written=("name",))
    rule = existing("aws_security_group_rule.r", {"id": "r", "security_group_id": "sg-1"})
    other = existing("aws_security_group_rule.r", {"id": "r", "security_group_id": "sg-2"})
    assert read(group, rule).resource("aws_security_group.g").get("ingress") is None
    assert read(group, other).resource("aws_security_group.g").get("ingress") == RULES


def test_other_resources_find_a_resource_by_a_name_that_is_read_back():
    role = existing(ROLE, {"id": "deploy-1", "name": "deploy-1"}, written=("assume_role_policy",))
    policy = {"id": "p", "role": "deploy-1", "policy": WILDCARD.replace("dynamodb", "iam")}
    parts = role, existing("aws_iam_role_policy.p", policy, written=("role", "policy"))
    assert read(*parts).resource(ROLE).get("name") is None
    assert status("iam-privilege-escalation", ROLE, *parts) == "failed"


@pytest.mark.parametrize(
    ("address", "unknown", "path", "is_computed"),
    [
        ("aws_lb_target_group.t", {"health_check": True}, "health_check", True),
        ("aws_lb_target_group.t", {"target_failover": [{"on_deregistration": True}]}, "target_failover.0", False),
        ("aws_s3_bucket_lifecycle_configuration.l", {"rule": True}, "rule", False),
        ("aws_security_group.g", {"egress": True}, "egress", True),
        ("aws_security_group.g", {"egress": [{"cidr_blocks": [True]}]}, "egress.0.cidr_blocks.0", False),
        ("aws_sqs_queue.q", {"arn": True}, "arn", True),
        ("other_thing.t", {"settings": True}, "settings", True),
    ],
    ids=[
        "a block that the provider computes",
        "a part of a dynamic block",
        "a dynamic block",
        "a block that both may make",
        "a part of a block that only the configuration can have made",
        "an attribute",
        "of another provider",
    ],
)
def test_an_unknown_value_that_the_configuration_does_not_show(address, unknown, path, is_computed):
    found = read(resource(address, {}, unknown=unknown)).resource(address).get(path)
    found = found if isinstance(found, Unknown) else found["on_deregistration"]
    assert is_computed_by_provider(found) is is_computed


@pytest.mark.parametrize(
    ("passed", "is_computed"),
    [
        ({}, True),
        ({"groups": {"constant_value": None}}, True),
        ({"groups": {"references": ["var.groups"]}}, True),
        ({"groups": {"references": ["local.groups"]}}, False),
        ({"groups": {"references": ["aws_security_group.g.id", "aws_security_group.g"]}}, False),
    ],
    ids=["the default of the module", "null", "a variable of the root", "a local value", "a resource"],
)
def test_an_argument_that_a_module_sets_to_null_is_computed(passed, is_computed):
    unknown = {"security_group_ids": True, "service_name": True}
    planned, change, block = resource("aws_vpc_endpoint.s3", {}, unknown=unknown)
    expressions = {name: {"references": [f"var.{variable}"]} for name, variable in MODULE_ARGUMENTS.items()}
    module = {"resources": [{**block, "expressions": expressions}], "variables": {"groups": {"default": None}}}
    address = "module.net.aws_vpc_endpoint.s3"
    child = {"address": "module.net", "resources": [{**planned, "address": address}]}
    document = {
        "format_version": "1.2",
        "planned_values": {"root_module": {"child_modules": [child]}},
        "resource_changes": [{**change, "address": address}],
        "configuration": {"root_module": {"module_calls": {"net": {"expressions": passed, "module": module}}}},
    }
    endpoint = plan.read(document, "plan.json").resource(address)
    assert is_computed_by_provider(endpoint.get("security_group_ids")) is is_computed
    assert not is_computed_by_provider(endpoint.get("service_name")), "the provider computes no `service_name`"


def test_the_table_has_the_arguments_of_the_schema():
    role = computed_arguments("aws_iam_role")
    assert role.blocks == {"inline_policy"}
    assert {"managed_policy_arns", "name", "path"} & role.arguments == {"managed_policy_arns", "name"}
    schema = load().block("resource", "aws_security_group")
    group = computed_arguments("aws_security_group")
    assert {"ingress", "egress"} == group.blocks
    assert group.arguments <= schema.attributes.keys()


QUEUE = "aws_sqs_queue.jobs"


@pytest.mark.parametrize(("written", "region"), [((), None), (("region",), "us-east-1")])
@pytest.mark.parametrize("before", [None, {"id": "jobs", "name": "jobs", "region": "us-east-1"}])
def test_the_region_that_provider_6_adds_is_not_configured(written, region, before):
    values = {"id": "jobs", "name": "jobs", "region": "us-east-1"}
    queue = read(resource(QUEUE, values, before=before, written=written)).resource(QUEUE)
    assert queue.get("region") == region
    assert queue.attribute("region") == "us-east-1"


def test_only_the_provider_is_checked_for_a_region_that_it_adds(evaluated_regions):
    provider = {"name": "aws", "expressions": {"region": {"constant_value": "us-east-1"}}}
    assert evaluated_regions(provider) == {"provider.aws": "failed"}


def test_a_region_that_the_provider_adds_is_that_of_the_resource():
    zone = resource(
        "aws_subnet.a", {"availability_zone": "eu-west-1a", "region": "us-east-1"}, written=("availability_zone",)
    )
    document = document_of(zone, {"name": "aws"})
    (result,) = evaluate(plan.read(document, "p"), [loaded(by_name("availability-zone-invalid"))], Settings())
    assert result.status == "failed"
    assert "us-east-1" in result.findings[0].message


@pytest.fixture
def evaluated_regions():
    def evaluated_regions(provider):
        queue = resource(QUEUE, {"name": "jobs", "region": "us-east-1"}, written=("name",))
        settings = Settings(tables=(RegionSettings(allowed=("eu-west-1",)),))
        stack = plan.read(document_of(queue, provider), "plan.json")
        results = evaluate(stack, [loaded(by_name("region-not-allowed"))], settings)
        return {result.address: result.status for result in results}

    return evaluated_regions


def document_of(part, provider):
    planned, change, block = part
    return {
        "format_version": "1.2",
        "planned_values": {"root_module": {"resources": [planned]}},
        "resource_changes": [change],
        "configuration": {"provider_config": {"aws": provider}, "root_module": {"resources": [block]}},
    }
