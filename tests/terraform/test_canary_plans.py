"""A step changes weights and nothing else: what the real provider plans for canaries that are deployed already.

They are made on a server at one step, and imported by a plan at the next: all steps in one plan, without an apply.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from plainwork import App, DataSource, Import, Provider, Stack
from plainwork.canary import STEPS
from plainwork_cli.main import main
from tests.support.aws_server import aws_server
from tests.support.canaries import (
    BALANCER,
    BLUE,
    BLUE_ALIAS,
    GREEN,
    GREEN_ALIAS,
    LIMITS,
    METRICS,
    OLD,
    PAGER,
    dns_canary,
    listener_canary,
    rule_canary,
)
from tests.support.networks import SUBNETS, VPC, make_network
from tests.support.providers import INSTALLED
from tests.support.terraform import OFFLINE_PROVIDER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.aws_server import AwsServer
    from tests.support.terraform import Terraform

MOVES = [(0, 5), (5, 25), (25, 50), (50, 100), (100, 0)]
TYPES = ("A", "AAAA")


def test_every_move_is_planned() -> None:
    assert {after for _, after in MOVES} == set(STEPS)


def synthesized(app: App, stack: Stack) -> Path:
    app.synth()
    return Path(app.outdir) / "stacks" / stack.node.id


def test_all_kinds_are_valid_and_planned_offline(terraform: Terraform, tmp_path: Path) -> None:
    app = App(tmp_path)
    stack = Stack(app, "offline")
    Provider(stack, "aws", version=INSTALLED, **OFFLINE_PROVIDER)
    rule_canary(stack, "small")
    full = rule_canary(stack, "full", priority=11, stickiness_duration=600, controller_owned=True)
    full.gate(name="full", **LIMITS)
    several = {"canary": {"green": GREEN, "red": f"{GREEN}0"}, "percent": {"green": 5, "red": 25}}
    rule_canary(stack, "several", priority=12, **several).gate(name="several", **LIMITS)
    listener_canary(stack, "network", stable=f"{BLUE}0", canary=f"{GREEN}1").gate(alarm_actions=PAGER)
    listener_canary(stack, "default", load_balancer=BALANCER, protocol="HTTP", stickiness_duration=600)
    targets = {"green": {"A": "192.0.2.2"}, "red": {"A": "192.0.2.3"}}
    dns_canary(stack, "many", name="many.example.com", canary=targets, percent={"green": 5, "red": 25})
    dns_canary(stack, "plain", stable=OLD).gate(name="plain", **METRICS, **LIMITS)
    dns_canary(stack, "alias", name="www.example.com", types=TYPES, stable=BLUE_ALIAS, canary=GREEN_ALIAS)
    folder = synthesized(app, stack)
    terraform.link(folder)
    terraform.validate(folder)
    actions = {tuple(change["change"]["actions"]) for change in terraform.plan(folder)["resource_changes"]}
    assert actions == {("create",)}


class Deployed:
    """Canaries that are deployed at the first percentage of each move."""

    def __init__(self, server: AwsServer) -> None:
        ids = make_network(server)
        subnets, vpc = [ids[named] for named in SUBNETS.values()], ids[VPC]
        self._elb, self._dns = server.client("elbv2"), server.client("route53")
        balancer = self._elb.create_load_balancer(Name="web", Subnets=subnets)["LoadBalancers"][0]["LoadBalancerArn"]
        self.network = self._elb.create_load_balancer(Name="net", Subnets=subnets, Type="network")["LoadBalancers"][0][
            "LoadBalancerArn"
        ]
        self.groups = [self._group(name, vpc) for name in ("blue", "green")]
        self.network_groups = [self._group(name, vpc, Protocol="TCP") for name in ("tcp-blue", "tcp-green")]
        action = {"Type": "forward", "TargetGroupArn": self.groups[0]}
        listener = self._elb.create_listener(
            LoadBalancerArn=balancer, Protocol="HTTP", Port=80, DefaultActions=[action]
        )
        self.listener = listener["Listeners"][0]["ListenerArn"]
        self.priorities: list[int] = []
        self.zone = self._dns.create_hosted_zone(Name="example.com", CallerReference="x")["HostedZone"]["Id"][12:]

    def _group(self, name: str, vpc: str, **arguments: str) -> str:
        made = self._elb.create_target_group(
            **{"Name": name, "Protocol": "HTTP", "Port": 80, "VpcId": vpc, **arguments}
        )
        return str(made["TargetGroups"][0]["TargetGroupArn"])

    def rule(self, priority: int, percent: int) -> str:
        made = self._elb.create_rule(
            ListenerArn=self.listener,
            Priority=priority,
            Conditions=[{"Field": "path-pattern", "PathPatternConfig": {"Values": [f"/{priority}/*"]}}],
            Actions=[_forward(self.groups, percent)],
        )
        return str(made["Rules"][0]["RuleArn"])

    def network_listener(self, port: int, percent: int) -> str:
        made = self._elb.create_listener(
            LoadBalancerArn=self.network,
            Protocol="TCP",
            Port=port,
            DefaultActions=[_forward(self.network_groups, percent)],
        )
        return str(made["Listeners"][0]["ListenerArn"])

    def record(self, name: str, type_: str, alias: Any, **weighted: Any) -> None:
        target = {"DNSName": alias.name, "HostedZoneId": alias.zone_id, "EvaluateTargetHealth": True}
        record = {"Name": name, "Type": type_, "AliasTarget": target, **weighted}
        changes = {"Changes": [{"Action": "CREATE", "ResourceRecordSet": record}]}
        self._dns.change_resource_record_sets(HostedZoneId=self.zone, ChangeBatch=changes)


def _forward(groups: list[str], percent: int) -> dict[str, Any]:
    weights = zip(groups, (100 - percent, percent), strict=True)
    target_groups = [{"TargetGroupArn": arn, "Weight": weight} for arn, weight in weights]
    return {"Type": "forward", "ForwardConfig": {"TargetGroups": target_groups}}


def import_listener(stack: Stack, deployed: Deployed, balancer: DataSource, move: tuple[int, int]) -> None:
    """A listener of a Network Load Balancer that is deployed at one percentage and configured with another."""
    blue, green = deployed.network_groups
    before, after = move
    port = 1000 + 10 * before + after
    id_ = f"network_{before}_{after}"
    canary = listener_canary(stack, id_, load_balancer=balancer, port=port, stable=blue, canary=green, percent=after)
    Import(stack, to=canary.listener, id=deployed.network_listener(port, before))


def import_rule(stack: Stack, deployed: Deployed, id_: str, before: int, **arguments: Any) -> None:
    """A rule that is deployed at one percentage and configured with other arguments."""
    priority = 1 + len(deployed.priorities)
    deployed.priorities.append(priority)
    canary = rule_canary(
        stack,
        id_,
        listener=deployed.listener,
        priority=priority,
        paths=[f"/{priority}/*"],
        **arguments,
    )
    Import(stack, to=canary.rule, id=deployed.rule(priority, before))


def import_records(stack: Stack, deployed: Deployed, id_: str, before: int, **arguments: Any) -> None:
    """Records that are deployed at one percentage and configured with other arguments."""
    name = f"{id_.replace('_', '-')}.example.com"
    canary = dns_canary(stack, id_, zone=deployed.zone, name=name, types=TYPES, **arguments)
    for variant, alias, weight in (("stable", BLUE_ALIAS, 100 - before), ("canary", GREEN_ALIAS, before)):
        for type_ in TYPES:
            deployed.record(name, type_, alias, SetIdentifier=variant, Weight=weight)
            Import(stack, to=canary.records[variant][type_], id=f"{deployed.zone}_{name}_{type_}_{variant}")


def stepped(deployed: Deployed, app: App) -> Stack:
    """Canaries at the second percentage of each move, a promoted canary, and a canary of a former simple record."""
    stack = Stack(app, "stepped")
    Provider(stack, "aws", version=INSTALLED, **OFFLINE_PROVIDER)
    blue, green = deployed.groups
    balancer = DataSource(stack, "aws_lb", "network", arn=deployed.network)  # moto's ARN is one of an ALB
    for before, after in MOVES:
        import_rule(stack, deployed, f"rule_{before}_{after}", before, stable=blue, canary=green, percent=after)
        import_listener(stack, deployed, balancer, (before, after))
        aliases = {"stable": BLUE_ALIAS, "canary": GREEN_ALIAS}
        import_records(stack, deployed, f"dns_{before}_{after}", before, percent=after, **aliases)
    import_rule(stack, deployed, "promoted", 100, stable=green, canary=blue, percent=0)
    import_records(stack, deployed, "promoted_dns", 100, stable=GREEN_ALIAS, canary=BLUE_ALIAS, percent=0)
    simple = "simple.example.com"
    deployed.record(simple, "A", BLUE_ALIAS)
    migrated = dns_canary(
        stack, "migrated", zone=deployed.zone, name=simple, stable=BLUE_ALIAS, canary=GREEN_ALIAS, percent=0
    )
    Import(stack, to=migrated.records["stable"]["A"], id=f"{deployed.zone}_{simple}_A")
    return stack


@pytest.fixture(scope="module")
def plan_file(tmp_path_factory: pytest.TempPathFactory, terraform: Terraform) -> Iterator[Path]:
    with aws_server() as server:
        app = App(tmp_path_factory.mktemp("stepped"))
        folder = synthesized(app, stepped(Deployed(server), app))
        plan = terraform.with_env(AWS_ENDPOINT_URL=server.url).plan(folder)
        file = folder / "plan.json"
        file.write_text(json.dumps(plan))
        yield file


@pytest.fixture(scope="module")
def changes(plan_file: Path) -> dict[str, Any]:
    plan = json.loads(plan_file.read_text())
    return {change["address"]: change["change"] for change in plan["resource_changes"]}


def without_weights(value: Any) -> Any:
    """A value with 0 for each weight and with sorted lists, because target groups are a set."""
    if isinstance(value, dict):
        return {key: 0 if key == "weight" else without_weights(each) for key, each in value.items()}
    if isinstance(value, list):
        return sorted((without_weights(member) for member in value), key=json.dumps)
    return value


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize(
    "address",
    [
        "aws_lb_listener_rule.rule_{}",
        "aws_lb_listener.network_{}",
        *(f"aws_route53_record.dns_{{}}_{v}_{t}" for v in ("stable", "canary") for t in ("a", "aaaa")),
    ],
)
def test_a_step_changes_weights_in_place_and_nothing_else(
    changes: dict[str, Any], address: str, move: tuple[int, int]
) -> None:
    change = changes[address.format(f"{move[0]}_{move[1]}")]
    assert change["actions"] == ["update"]
    assert without_weights(change["before"]) == without_weights(change["after"])
    assert change["before"] != change["after"]
    assert not change.get("replace_paths")


def test_a_simple_record_becomes_the_stable_variant_in_place(changes: dict[str, Any]) -> None:
    stable = changes["aws_route53_record.migrated_stable_a"]
    assert stable["actions"] == ["update"]
    assert stable["after"]["weighted_routing_policy"] == [{"weight": 100}]
    assert changes["aws_route53_record.migrated_canary_a"]["actions"] == ["create"]


def test_a_promotion_of_target_groups_is_no_change(changes: dict[str, Any]) -> None:
    assert changes["aws_lb_listener_rule.promoted"]["actions"] == ["no-op"]


def test_the_command_reports_each_move(plan_file: Path) -> None:
    done = CliRunner().invoke(main, ["canary", str(plan_file)])
    reported = [" ".join(line.split()) for line in done.output.splitlines()]
    for line in (
        "NEXT STEP rule_0_5 0 % -> 5 %",
        "NEXT STEP dns_25_50 25 % -> 50 %",
        "NEXT STEP network_5_25 5 % -> 25 %",
        "ROLLBACK network_100_0 100 % -> 0 %",
        "ROLLBACK rule_100_0 100 % -> 0 %",
        "ROLLBACK dns_100_0 100 % -> 0 %",
        "PROMOTED promoted_dns the canary variant becomes the stable variant",
        "UNCHANGED promoted at 0 %",
        "NEW migrated is created at 0 %",
        "aws_lb_listener_rule.rule_50_100: stable 50 -> 0, canary 50 -> 100",
    ):
        assert line in reported
    assert "also" not in done.output.partition("promoted")[0]
