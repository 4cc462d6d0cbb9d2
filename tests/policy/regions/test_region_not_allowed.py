import pytest

from plainwork_policies.engine.settings import Settings
from plainwork_policies.regions.region_not_allowed import region_not_allowed
from plainwork_policies.regions.settings import RegionSettings

EUROPE = Settings(tables=(RegionSettings(allowed=("eu-central-1", "eu-west-1")),))
PROVIDER = 'provider "aws" {\n  region = %s\n}\n'


@pytest.mark.parametrize(
    ("region", "verdict"),
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
def test_a_provider_s_region_is_one_of_the_allowed_ones(region, verdict, statuses):
    locals_ = 'locals {\n  region = "eu-west-1"\n}\n'
    assert statuses(region_not_allowed, PROVIDER % region + locals_, EUROPE)["provider.aws"] == verdict


def test_every_alias_is_judged(statuses):
    alias = 'provider "aws" {\n  alias  = "west"\n  region = "us-west-1"\n}\n'
    expected = {"provider.aws": "passed", "provider.aws.west": "failed"}
    assert statuses(region_not_allowed, PROVIDER % '"eu-west-1"' + alias, EUROPE) == expected


def test_where_nobody_has_said_what_is_allowed_nothing_is_evaluated(messages):
    (message,) = messages(region_not_allowed, PROVIDER % '"eu-central-1"')
    assert message == ('no region is allowed yet: write allowed = ["eu-central-1"] under [regions] in plainwork.toml')


def test_the_finding_names_the_region_and_the_allowed_ones_and_stands_at_the_argument(results):
    (finding,) = results(region_not_allowed, PROVIDER % '"us-west-1"', EUROPE)[0].findings
    assert finding.message == "is configured for `us-west-1`, which is not an allowed region"
    assert (finding.value, finding.remedy) == ("us-west-1", "use one of `eu-central-1`, `eu-west-1`")
    assert finding.location.line == 2


def test_a_name_that_is_no_region_is_corrected(results):
    (finding,) = results(region_not_allowed, PROVIDER % '"eu-centrl-1"', EUROPE)[0].findings
    assert finding.message == "is configured for `eu-centrl-1`, which is no region that AWS has"
    assert finding.remedy == "use one of `eu-central-1`, `eu-west-1`; did you mean `eu-central-1`?"


def test_a_stack_without_a_provider_block_takes_its_region_from_elsewhere(messages):
    hcl = 'resource "aws_sqs_queue" "orders" {}\nresource "aws_sqs_queue" "peer" {\n  provider = aws.peer\n}\n'
    assert messages(region_not_allowed, hcl, EUROPE) == [
        f"{address} has no `region`: it comes from the environment, or from a module's caller"
        for address in ("provider.aws", "provider.aws.peer")
    ]


def test_other_providers_are_not_judged(statuses):
    assert statuses(region_not_allowed, 'provider "google" {\n  region = "europe-west1"\n}\n', EUROPE) == {}


def test_a_resource_with_a_region_of_its_own_is_judged_by_it(results):
    hcl = PROVIDER % '"eu-west-1"' + 'resource "aws_sqs_queue" "orders" {\n  region = "us-west-1"\n}\n'
    _, result = results(region_not_allowed, hcl, EUROPE)
    assert (result.address, result.status) == ("aws_sqs_queue.orders", "failed")
    assert result.findings[0].message == "is deployed to `us-west-1`, which is not an allowed region"
    assert result.findings[0].location.line == 5


@pytest.mark.parametrize(
    ("region", "verdicts_"),
    [('"eu-central-1"', ["passed", "passed"]), ("var.x", ["passed", "not_evaluated"]), ('""', ["passed"])],
)
def test_a_resource_may_be_in_another_allowed_region(region, verdicts_, results):
    hcl = PROVIDER % '"eu-west-1"' + f'resource "aws_sqs_queue" "orders" {{\n  region = {region}\n}}\n'
    assert [each.status for each in results(region_not_allowed, hcl, EUROPE)] == verdicts_


def test_what_a_resource_has_from_its_provider_is_judged_once(results):
    hcl = PROVIDER % '"us-west-1"' + 'resource "aws_sqs_queue" "orders" {\n  region = "us-west-1"\n}\n'
    assert [each.address for each in results(region_not_allowed, hcl, EUROPE)] == ["provider.aws"]


@pytest.mark.parametrize("type_", ["aws_servicequotas_template", "aws_config_aggregate_authorization"])
def test_a_region_that_means_something_else_is_not_judged(type_, results):
    hcl = PROVIDER % '"eu-west-1"' + f'resource "{type_}" "x" {{\n  region = "us-west-1"\n}}\n'
    assert [each.address for each in results(region_not_allowed, hcl, EUROPE)] == ["provider.aws"]


def test_a_replica_is_a_deployment(results):
    table = 'resource "aws_dynamodb_table" "orders" {\n  replica {\n    region_name = "us-west-1"\n  }\n}\n'
    _, result = results(region_not_allowed, PROVIDER % '"eu-west-1"' + table, EUROPE)
    assert result.findings[0].message == "has a replica in `us-west-1`, which is not an allowed region"
    assert result.findings[0].path == "replica.0.region_name"
