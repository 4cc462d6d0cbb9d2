import pytest

from plainwork_core.schema.store import SHIPPED, load
from plainwork_policies.engine.settings import Settings
from plainwork_policies.regions.region_arguments import DESTINATIONS
from plainwork_policies.regions.region_not_allowed import region_not_allowed
from plainwork_policies.regions.settings import RegionSettings

EUROPE = Settings(tables=(RegionSettings(allowed=("eu-central-1", "eu-west-1")),))
PROVIDER = 'provider "aws" {\n  region = %s\n}\n'


@pytest.mark.parametrize(
    ("region", "status"),
    [
        ('"eu-central-1"', "passed"),
        ("local.region", "passed"),
        ('"us-west-1"', "failed"),
        ('"EU-CENTRAL-1"', "failed"),
        ("var.region", "not_evaluated"),
        ("null", "not_evaluated"),
        ('""', "not_evaluated"),
        ("data.aws_region.current.name", "not_evaluated"),
    ],
)
def test_the_region_of_a_provider_is_allowed(region, status, statuses):
    locals_ = 'locals {\n  region = "eu-west-1"\n}\n'
    assert statuses(region_not_allowed, PROVIDER % region + locals_, EUROPE)["provider.aws"] == status


def test_every_alias_is_checked(statuses):
    alias = 'provider "aws" {\n  alias  = "west"\n  region = "us-west-1"\n}\n'
    expected = {"provider.aws": "passed", "provider.aws.west": "failed"}
    assert statuses(region_not_allowed, PROVIDER % '"eu-west-1"' + alias, EUROPE) == expected


def test_without_allowed_regions_there_is_no_result(statuses):
    assert statuses(region_not_allowed, PROVIDER % '"us-west-1"', Settings()) == {}


def test_the_finding_has_the_region_the_allowed_ones_and_the_line(results):
    (finding,) = results(region_not_allowed, PROVIDER % '"us-west-1"', EUROPE)[0].findings
    assert finding.message == "`region` is `us-west-1`; `[regions] allowed` lists `eu-central-1` and `eu-west-1`"
    assert (finding.value, finding.remedy) == ("us-west-1", "Use `eu-central-1` or `eu-west-1`.")
    assert finding.location.line == 2


def test_a_misspelled_region_is_corrected(results):
    (finding,) = results(region_not_allowed, PROVIDER % '"eu-centrl-1"', EUROPE)[0].findings
    assert finding.message == "`region` is `eu-centrl-1`, which is not an AWS Region; did you mean `eu-central-1`?"
    assert finding.remedy == "Use `eu-central-1` or `eu-west-1`."


def test_the_region_of_a_stack_without_a_provider_block_is_not_evaluated(messages):
    hcl = 'resource "aws_sqs_queue" "orders" {}\nresource "aws_sqs_queue" "peer" {\n  provider = aws.peer\n}\n'
    default, peer = messages(region_not_allowed, hcl, EUROPE)
    assert default.startswith("provider.aws has no `region`")
    assert peer.startswith("provider.aws.peer has no `region`")


def test_other_providers_are_not_checked(statuses):
    assert statuses(region_not_allowed, 'provider "google" {\n  region = "europe-west1"\n}\n', EUROPE) == {}


def test_a_resource_with_a_region_is_checked(results):
    hcl = PROVIDER % '"eu-west-1"' + 'resource "aws_sqs_queue" "orders" {\n  region = "us-west-1"\n}\n'
    _, result = results(region_not_allowed, hcl, EUROPE)
    assert (result.address, result.status) == ("aws_sqs_queue.orders", "failed")
    assert (
        result.findings[0].message
        == "`region` is `us-west-1`; `[regions] allowed` lists `eu-central-1` and `eu-west-1`"
    )
    assert result.findings[0].location.line == 5


@pytest.mark.parametrize(
    ("region", "expected"),
    [('"eu-central-1"', ["passed", "passed"]), ("var.x", ["passed", "not_evaluated"]), ('""', ["passed"])],
)
def test_a_resource_may_be_in_another_allowed_region(region, expected, results):
    hcl = PROVIDER % '"eu-west-1"' + f'resource "aws_sqs_queue" "orders" {{\n  region = {region}\n}}\n'
    assert [result.status for result in results(region_not_allowed, hcl, EUROPE)] == expected


def test_a_region_that_is_the_providers_is_checked_once(results):
    hcl = PROVIDER % '"us-west-1"' + 'resource "aws_sqs_queue" "orders" {\n  region = "us-west-1"\n}\n'
    assert [result.address for result in results(region_not_allowed, hcl, EUROPE)] == ["provider.aws"]


@pytest.mark.parametrize("type_", ["aws_servicequotas_template", "aws_config_aggregate_authorization"])
def test_a_region_that_is_not_that_of_the_resource_is_not_checked(type_, results):
    hcl = PROVIDER % '"eu-west-1"' + f'resource "{type_}" "x" {{\n  region = "us-west-1"\n}}\n'
    assert [result.address for result in results(region_not_allowed, hcl, EUROPE)] == ["provider.aws"]


def test_the_region_of_a_replica_is_checked(results):
    table = 'resource "aws_dynamodb_table" "orders" {\n  replica {\n    region_name = "us-west-1"\n  }\n}\n'
    _, result = results(region_not_allowed, PROVIDER % '"eu-west-1"' + table, EUROPE)
    assert result.findings[0].message.startswith("`replica.0.region_name` is `us-west-1`")
    assert result.findings[0].path == "replica.0.region_name"


DESTINATION = """resource "{type_}" "x" {{
{body}
}}
"""


COPIED = "replication_configuration {\n rule {\n destination {\n region = %s\n}\n}\n}"
KEYSPACE = 'replication_specification {\n region_list = ["eu-west-1", %s]\n}'
VAULT = "arn:aws:backup:${%s}:123456789012:backup-vault:v"
DESTINATIONS_OF = {
    "aws_ecr_replication_configuration": (COPIED, "replication_configuration.0.rule.0.destination.0.region"),
    "aws_keyspaces_keyspace": (KEYSPACE, "replication_specification.0.region_list.1"),
    "aws_db_snapshot_copy": ("destination_region = %s", "destination_region"),
    "aws_cloudformation_stack_instances": ("regions = [%s]", "regions.0"),
    "aws_vpc_ipam": ("operating_regions {\n region_name = %s\n}", "operating_regions.0.region_name"),
    "aws_backup_plan": (
        f'rule {{\n copy_action {{\n destination_vault_arn = "{VAULT}"\n}}\n}}',
        "rule.0.copy_action.0.destination_vault_arn",
    ),
}


@pytest.mark.parametrize("type_", DESTINATIONS_OF)
@pytest.mark.parametrize(
    ("region", "status"), [('"us-west-1"', "failed"), ('"eu-west-1"', "passed"), ("var.region", "not_evaluated")]
)
def test_the_region_of_a_destination_is_checked(type_, region, status, results):
    body, path = DESTINATIONS_OF[type_]
    resource = DESTINATION.format(type_=type_, body=body % region)
    _, *found = results(region_not_allowed, PROVIDER % '"eu-west-1"' + resource, EUROPE)
    assert found[-1].status == status
    assert [finding.path for finding in found[-1].findings] == ([] if status == "passed" else [path])


def test_a_backup_vault_in_another_region_of_the_stack_is_checked(statuses):
    hcl = (
        PROVIDER % '"eu-west-1"'
        + 'provider "aws" {\n  alias  = "west"\n  region = "us-west-1"\n}\n'
        + 'resource "aws_backup_vault" "west" {\n  provider = aws.west\n}\n'
        + 'resource "aws_backup_plan" "p" {\n  rule {\n    copy_action {\n'
        + "      destination_vault_arn = aws_backup_vault.west.arn\n    }\n  }\n}\n"
    )
    assert statuses(region_not_allowed, hcl, EUROPE)["aws_backup_plan.p"] == "failed"


def test_every_destination_is_an_argument_of_the_provider():
    for type_, paths in DESTINATIONS.items():
        for path in paths:
            assert any(has(load(version).block("resource", type_), path) for version in SHIPPED), f"{type_}.{path}"


def has(block, path):
    *blocks, argument = path.split(".")
    for name in blocks:
        block = block.blocks[name].block if block and name in block.blocks else None
    return bool(block) and argument in block.names
