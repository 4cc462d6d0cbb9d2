from __future__ import annotations

import gzip
import json
import re
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from plainwork_core.argument_rules.relations import types_with_relations
from plainwork_core.argument_rules.values import types_with_value_rules, value_rules
from plainwork_core.aws.fargate import cpu_units, memory_mib
from plainwork_core.data_files import FOLDER, sources
from plainwork_core.schema import load

RULES = [(type_, path, rule) for type_ in types_with_value_rules() for path, rule in value_rules(type_).items()]
BOTOCORE = find_spec("botocore")


def problem(type_: str, path: str, value: Any) -> str:
    found = value_rules(type_)[path].problem(path.rpartition(".")[2], value)
    return f"{found.message} {found.remedy}" if found else ""


def installed_shapes(service: str) -> Any:
    models = Path(BOTOCORE.origin).parent / "data" / service  # type: ignore[union-attr, arg-type]
    newest = max(models.glob("*/service-2.json.gz"))
    return json.loads(gzip.decompress(newest.read_bytes()))["shapes"]


def test_the_rules_are_those_of_the_installed_botocore() -> None:
    pytest.importorskip("botocore", minversion="1.44", reason="older versions lack shapes of the table")
    from tools.value_rules import value_rules as made  # noqa: PLC0415  it needs tomllib and the models

    assert sources("value_rules.json")[0].name == "botocore"
    assert json.loads((FOLDER / "value_rules.json").read_text())["rules"] == made(installed_shapes)


def has_argument(block: Any, path: str) -> bool:
    name, _, rest = path.partition(".")
    if not rest:
        return name in block.attributes
    if name in block.blocks:
        return has_argument(block.blocks[name].block, rest)
    return rest in block.attributes[name].type[1][1]


@pytest.mark.parametrize(("type_", "path", "rule"), RULES, ids=[f"{type_}.{path}" for type_, path, _ in RULES])
def test_each_rule_is_about_an_argument_and_has_a_source(type_: str, path: str, rule: Any) -> None:
    schema = load().block("resource", type_)
    assert schema is not None
    assert has_argument(schema, path)
    assert rule.source.startswith(("botocore ", "https://docs.aws.amazon.com/"))
    assert bool(rule.pattern) == bool(rule.form) == bool(rule.example)
    assert rule.problem("x", rule.example) is None
    assert rule.enum or rule.pattern or rule.max_length or rule.min is not None


def test_each_relation_is_about_a_type_of_the_schema() -> None:
    assert all(load().block("resource", type_) for type_ in types_with_relations())


@pytest.mark.parametrize(
    "text", ["a" * 40_000 + "!", "_-" * 20_000 + "!", "/a" * 20_000 + "!", " " * 40_000, "a " * 20_000]
)
def test_a_long_value_is_compared_in_linear_time(text: str) -> None:
    started = time.process_time()
    for _, _, rule in RULES:
        if rule.pattern:
            re.fullmatch(rule.pattern, text)
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("type_", "path", "valid", "invalid"),
    [
        ("aws_iam_role", "path", ["/", "/app/", "/a/b/", ""], ["app", "/app", "app/", "/a b/"]),
        ("aws_iam_role", "description", ["Größe", "a - b", ""], ["a \u2013 b"]),
        ("aws_iam_policy", "description", ["a" * 1000], ["a" * 1001]),
        ("aws_ecr_repository", "name", ["web", "team/web-app", "a__b"], ["Web", "a..b", "/web"]),
        ("aws_ecs_service", "name", ["web_app-1"], ["web app", "web.app"]),
        ("aws_ssm_parameter", "name", ["/app/url", "app.url"], ["app url", "app@url"]),
        ("aws_subnet", "cidr_block", ["10.0.0.0/16", "10.0.0.0/28", ""], ["10.0.0.0/29", "10.0.0.0/8"]),
        ("aws_elasticache_parameter_group", "family", ["redis6.x", "valkey9"], ["redis7.1", "valkey8.0", "redis"]),
        ("aws_elasticache_user", "user_id", ["app-1"], ["my_user", "1app"]),
        ("aws_elasticache_serverless_cache", "engine", ["valkey", "Redis"], ["redes"]),
        ("aws_cloudwatch_event_rule", "schedule_expression", ["rate(1 day)", "rate(12 hours)"], ["rate(1 days)"]),
        ("aws_cloudwatch_event_rule", "schedule_expression", ["cron(0/5 * * * ? *)"], ["cron(0 5 * * *)", "1 hour"]),
        ("aws_security_group", "description", ["HTTPS (443), a/b"], ["Größe", "<none>"]),
        ("aws_security_group_rule", "protocol", ["tcp", "-1", "ICMPv6", "all", 6], ["http", "any"]),
        ("aws_lb_listener", "default_action.redirect.path", ["/#{path}", "#{path}"], ["new"]),
        ("aws_lb_listener", "default_action.redirect.port", ["443", 443, "#{port}"], ["99999", 70000]),
        ("aws_lb_target_group", "health_check.port", ["traffic-port", 80], ["70000"]),
        ("aws_route53_record", "geolocation_routing_policy.continent", ["EU"], ["Europe"]),
        ("aws_route53_record", "geolocation_routing_policy.country", ["DE", "*"], ["Germany", "de"]),
        ("aws_route53_record", "geoproximity_routing_policy.bias", [-99, "99", 0], [100, "-100"]),
        ("aws_appautoscaling_policy", "policy_type", ["StepScaling"], ["TargetTracking"]),
        ("aws_efs_access_point", "root_directory.path", ["/", "/a/b/c/d"], ["a", "/a/b/c/d/e"]),
        ("aws_efs_file_system", "provisioned_throughput_in_mibps", [0, 1, "4000"], [0.5]),
    ],
)
def test_valid_and_invalid_values(type_: str, path: str, valid: list[Any], invalid: list[Any]) -> None:
    assert [problem(type_, path, value) for value in valid] == [""] * len(valid)
    assert all(problem(type_, path, value) for value in invalid)


@pytest.mark.parametrize(
    ("type_", "path", "value", "found"),
    [
        (
            "aws_appautoscaling_target",
            "scalable_dimension",
            "ecs:service:desiredCount",
            "Set `scalable_dimension` to a value of AWS; did you mean `ecs:service:DesiredCount`?",
        ),
        (
            "aws_iam_role",
            "path",
            "app",
            'of ASCII characters without spaces Set `path` to a value such as `"/app/"`.',
        ),
        (
            "aws_route53_record",
            "geoproximity_routing_policy.bias",
            100,
            "the range is -99 to 99 Set `bias` to a number from -99 to 99.",
        ),
        (
            "aws_appautoscaling_target",
            "min_capacity",
            -1,
            "the minimum is 0 Set `min_capacity` to at least 0.",
        ),
    ],
)
def test_the_message_has_argument_value_rule_and_remedy(type_: str, path: str, value: Any, found: str) -> None:
    name = path.rpartition(".")[2]
    assert problem(type_, path, value).startswith(f"`{name}` is `{value}`; ")
    assert problem(type_, path, value).endswith(found)


@pytest.mark.parametrize(
    ("text", "units"),
    [("1024", 1024), ("1 vCPU", 1024), (".25 vcpu", 256), ("0.5vCPU", 512), ("1 GB", None), ("x", None)],
)
def test_cpu_is_in_units_or_virtual_cpus(text: str, units: int | None) -> None:
    assert cpu_units(text) == units


@pytest.mark.parametrize(
    ("text", "mib"), [("2048", 2048), ("2GB", 2048), ("0.5 GB", 512), ("1 vCPU", None), ("", None)]
)
def test_memory_is_in_mib_or_gb(text: str, mib: int | None) -> None:
    assert memory_mib(text) == mib
