"""`plainwork doctor --plan`: quotas that a plan exceeds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from plainwork_cli.main import main
from plainwork_core.doctor.limits import account
from plainwork_core.doctor.limits.counting import COUNTERS
from plainwork_core.doctor.limits.examination import Account, examine, uses
from plainwork_core.doctor.limits.quotas import quotas
from plainwork_core.doctor.online.failures import Failure
from plainwork_core.model.stack import Stack
from plainwork_core.read import read
from tools import limits_page

PROVIDER = 'provider "aws" {\n  region = "eu-west-1"\n}\n'


def stack(directory: Path, hcl: str) -> Stack:
    (directory / "main.tf").write_text(PROVIDER + hcl)
    (found,) = read(directory)
    return found


def counted(directory: Path, hcl: str) -> dict[str, tuple[str, int]]:
    return {use.quota.id: (use.scope, use.number) for use in uses(stack(directory, hcl)) if use.number}


def test_each_quota_has_a_counter_and_a_page_of_aws() -> None:
    assert set(COUNTERS) == set(quotas())
    assert all(quota.source.startswith("https://docs.aws.amazon.com/") for quota in quotas().values())


def test_the_page_lists_the_quotas() -> None:
    assert limits_page.PAGE.read_text(encoding="utf-8") == limits_page.page(), "run python -m tools.limits_page"


@pytest.mark.parametrize(
    ("hcl", "expected"),
    [
        ('resource "aws_eip" "a" {\n  count = 3\n}', {"elastic-addresses": ("eu-west-1", 3)}),
        (
            """resource "aws_vpc_endpoint" "a" {
              vpc_id            = "vpc-1"
              vpc_endpoint_type = "Interface"
              subnet_ids        = ["subnet-1", "subnet-2"]
            }""",
            {"interface-endpoints": ("vpc-1", 1), "network-interfaces": ("eu-west-1", 2)},
        ),
        (
            'resource "aws_vpc_endpoint" "a" {\n  vpc_id = "vpc-1"\n}',
            {"gateway-endpoints": ("eu-west-1", 1)},
        ),
        (
            """resource "aws_efs_file_system" "f" {}
            resource "aws_efs_access_point" "a" {
              count          = 4
              file_system_id = aws_efs_file_system.f.id
            }""",
            {"access-points": ("aws_efs_file_system.f", 4)},
        ),
        (
            """resource "aws_elasticache_replication_group" "c" {
              num_node_groups         = 3
              replicas_per_node_group = 2
            }""",
            {"cache-nodes": ("eu-west-1", 9), "cache-nodes-of-cluster": ("aws_elasticache_replication_group.c", 9)},
        ),
        (
            'resource "aws_elasticache_user_group" "g" {\n  user_ids = ["a", "b"]\n}',
            {"users-of-group": ("aws_elasticache_user_group.g", 2)},
        ),
        (
            """resource "aws_ecs_service" "s" {
              desired_count = 7
              network_configuration {
                subnets = ["subnet-1"]
              }
            }""",
            {"network-interfaces": ("eu-west-1", 7)},
        ),
    ],
)
def test_what_a_stack_has_is_counted_for_its_scope(
    hcl: str, expected: dict[str, tuple[str, int]], tmp_path: Path
) -> None:
    assert counted(tmp_path, hcl) == expected


def test_functions_with_the_same_subnets_and_groups_share_network_interfaces(tmp_path: Path) -> None:
    function = """
    resource "aws_lambda_function" "%s" {
      vpc_config {
        subnet_ids         = ["subnet-1", "subnet-2"]
        security_group_ids = ["%s"]
      }
    }
    """

    shared = counted(tmp_path, function % ("a", "sg-1") + function % ("b", "sg-1"))
    separate = counted(tmp_path, function % ("a", "sg-1") + function % ("b", "sg-2"))

    assert shared["lambda-network-interfaces"][1] == shared["network-interfaces"][1] == 2
    assert separate["lambda-network-interfaces"][1] == separate["network-interfaces"][1] == 4


def test_the_rules_and_target_groups_of_all_listeners_count_for_the_load_balancer(tmp_path: Path) -> None:
    hcl = """
    resource "aws_lb" "front" {}
    resource "aws_lb_listener" "https" {
      load_balancer_arn = aws_lb.front.arn
      default_action {
        type             = "forward"
        target_group_arn = aws_lb_target_group.a.arn
      }
    }
    resource "aws_lb_target_group" "a" {}
    resource "aws_lb_target_group" "b" {}
    resource "aws_lb_listener_rule" "r" {
      count        = 2
      listener_arn = aws_lb_listener.https.arn
      action {
        type = "forward"
        forward {
          target_group {
            arn = aws_lb_target_group.a.arn
          }
          target_group {
            arn = aws_lb_target_group.b.arn
          }
        }
      }
    }
    """

    found = counted(tmp_path, hcl)

    assert found["listener-rules"] == ("aws_lb.front", 2)
    assert found["target-groups"] == ("aws_lb.front", 2)


def test_weighted_records_count_for_their_name_and_type(tmp_path: Path) -> None:
    record = """
    resource "aws_route53_record" "a" {
      count   = 3
      zone_id = "Z1"
      name    = "app.example.com"
      type    = "A"
      weighted_routing_policy {
        weight = 1
      }
    }
    """

    assert counted(tmp_path, record)["records-of-name"] == ("app.example.com A in Z1", 3)


class TestDiagnosis:
    ADDRESSES = 'resource "aws_eip" "a" {\n  count = 6\n}'

    def test_above_a_default_that_an_account_can_raise_is_a_risk(self, tmp_path: Path) -> None:
        (found,) = examine(stack(tmp_path, self.ADDRESSES)).diagnoses

        assert (found.name, found.cause.severity) == ("quota-elastic-addresses", "risk")
        assert found.evidence[0].text == "6 for eu-west-1; the default quota is 5 per Region"

    def test_the_quota_of_the_account_decides(self, tmp_path: Path) -> None:
        above = examine(stack(tmp_path, self.ADDRESSES), Account({"elastic-addresses": 5}, {}))
        below = examine(stack(tmp_path, self.ADDRESSES), Account({"elastic-addresses": 20}, {}))

        assert (above.exit_code, above.diagnoses[0].cause.severity) == (1, "fault")
        assert (below.exit_code, below.diagnoses) == (0, [])

    def test_a_healthy_plan_is_reported_as_compared_with_quotas(self, tmp_path: Path) -> None:
        found = stack(tmp_path, 'resource "aws_eip" "a" {\n}')

        assert examine(found).examined == "in the resources, compared with the default quotas of AWS"
        assert examine(found, Account({}, {})).examined == "in the resources, compared with the quotas of the account"

    def test_what_is_in_use_counts_with_what_the_plan_creates(self, tmp_path: Path) -> None:
        plan = tmp_path / "plan.json"
        plan.write_text(json.dumps(_plan_of_addresses(created=2, kept=3)))
        (found,) = read(plan)

        def code(in_use: int) -> int:
            scope = uses(found)[0].scope
            return examine(found, Account({"elastic-addresses": 10}, {("elastic-addresses", scope): in_use})).exit_code

        assert (code(8), code(9)) == (0, 1)

    def test_a_quota_that_no_account_can_raise_is_a_fault(self, tmp_path: Path) -> None:
        groups = "".join(f'target_group {{\n arn = "arn-{number}"\n }}\n' for number in range(6))
        hcl = f'resource "aws_lb_listener" "a" {{\n default_action {{\n forward {{\n {groups} }}\n }}\n}}'

        (found,) = examine(stack(tmp_path, hcl)).diagnoses

        assert (found.name, found.cause.severity) == ("quota-target-groups-of-action", "fault")

    def test_a_number_close_to_the_quota_is_shown(self, tmp_path: Path) -> None:
        examination = examine(stack(tmp_path, 'resource "aws_eip" "a" {\n  count = 4\n}'))

        assert examination.exit_code == 0
        assert examination.facts == {"EC2-VPC Elastic IPs, eu-west-1": "4 of 5, the default quota"}


def _plan_of_addresses(created: int, kept: int) -> dict[str, Any]:
    actions = [["create"]] * created + [["no-op"]] * kept
    rows = [
        {"address": f"aws_eip.a[{index}]", "mode": "managed", "type": "aws_eip", "name": "a", "index": index}
        for index in range(len(actions))
    ]
    provider = "registry.terraform.io/hashicorp/aws"
    return {
        "format_version": "1.2",
        "terraform_version": "1.13.0",
        "planned_values": {
            "root_module": {"resources": [row | {"provider_name": provider, "values": {}} for row in rows]}
        },
        "resource_changes": [
            row
            | {
                "provider_name": provider,
                "change": {
                    "actions": action,
                    "before": None if action == ["create"] else {},
                    "after": {},
                    "after_unknown": {},
                },
            }
            for row, action in zip(rows, actions, strict=True)
        ],
        "configuration": {
            "provider_config": {
                "aws": {
                    "name": "aws",
                    "full_name": provider,
                    "expressions": {"region": {"constant_value": "eu-west-1"}},
                }
            },
            "root_module": {
                "resources": [
                    {
                        "address": "aws_eip.a",
                        "mode": "managed",
                        "type": "aws_eip",
                        "name": "a",
                        "provider_config_key": "aws",
                        "expressions": {},
                    }
                ]
            },
        },
    }


ANSWERS = {
    "ListServiceQuotas": [
        {"Quotas": [{"QuotaName": "Other", "Value": 1.0}], "NextToken": "2"},
        {"Quotas": [{"QuotaName": "EC2-VPC Elastic IPs", "Value": 20.0}]},
    ],
    "DescribeAddresses": [{"Addresses": [{}] * 12}],
}


class TestAccount:
    """The quotas and the use of an account, from answers of AWS on two pages."""

    def ask(self, monkeypatch: pytest.MonkeyPatch, directory: Path, **failures: Failure) -> Account:
        class Client:
            def ask(_, operation: str, **parameters: Any) -> Any:  # noqa: N805  the client of the test
                page = 1 if "NextToken" in parameters else 0
                return failures.get(operation) or ANSWERS[operation][page]

        monkeypatch.setattr(account.RegionalServices, "client", lambda *_: Client())
        return account.read_account(uses(stack(directory, TestDiagnosis.ADDRESSES)), {"eu-west-1"})

    def test_the_quota_and_the_number_in_use_are_read(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        found = self.ask(monkeypatch, tmp_path)

        assert (found.limits, found.in_use) == ({"elastic-addresses": 20}, {("elastic-addresses", "eu-west-1"): 12})
        assert found.problems == ()

    def test_what_aws_denies_is_not_examined(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        denied = Failure("service-quotas", "ListServiceQuotas", "AccessDeniedException", status=400)

        found = self.ask(monkeypatch, tmp_path, ListServiceQuotas=denied)

        assert found.limits == {}
        assert [problem.subject for problem in found.problems] == ["service-quotas in eu-west-1"]


class TestCommand:
    def run(self, *arguments: str) -> Result:
        return CliRunner().invoke(main, ["doctor", *arguments])

    def test_it_exits_with_1_for_a_quota_that_is_exceeded(self, tmp_path: Path) -> None:
        stack(tmp_path, TestDiagnosis.ADDRESSES)

        done = self.run("--plan", str(tmp_path))

        assert done.exit_code == 1
        assert "Plan exceeds the quota: EC2-VPC Elastic IPs" in done.output

    def test_an_input_without_content_is_invalid(self, tmp_path: Path) -> None:
        (tmp_path / "main.tf").write_text("")

        done = self.run("--plan", str(tmp_path))

        assert done.exit_code == 2
        assert "no resource, data source, provider, module or change found" in done.output

    def test_it_takes_no_options_of_the_backend(self, tmp_path: Path) -> None:
        assert "--plan takes none of --error" in self.run("--plan", str(tmp_path), "--error", "-").output

    def test_online_requires_a_region(self, tmp_path: Path) -> None:
        (tmp_path / "main.tf").write_text('resource "aws_eip" "a" {}')

        done = self.run("--plan", str(tmp_path), "--online")

        assert (done.exit_code, "no provider configuration states a Region" in done.output) == (2, True)
