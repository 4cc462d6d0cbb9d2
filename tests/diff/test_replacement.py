"""Which arguments force a replacement: what the provider's plans show, and never more."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from plainwork_core.aws.replacing_arguments import knows, replacing, source
from plainwork_core.code_diff.model import BlockChange
from tests.diff.conftest import Compare

Change = Callable[[str, str], BlockChange]
S3_IMPORT = 's3_import {\n bucket_name = "backup"\n}'
PLANS = sorted(Path("tests/generated").glob("**/plan.json"))


def block(type_: str, arguments: str) -> str:
    return f'resource "{type_}" "x" {{\n{arguments}\n}}\n'


def test_an_argument_that_forces_a_replacement_replaces_the_resource(change: Change) -> None:
    found = change(block("aws_sqs_queue", 'name = "a"'), block("aws_sqs_queue", 'name = "b"'))
    assert (found.verb, [line.forces for line in found.lines]) == ("replace", [True])


def test_another_argument_updates_it(change: Change) -> None:
    found = change(block("aws_sqs_queue", "delay_seconds = 1"), block("aws_sqs_queue", "delay_seconds = 2"))
    assert (found.verb, found.lines[0].forces, found.lines[0].note) == ("update", False, "")


def test_the_source_is_named(compare: Compare) -> None:
    found = compare(block("aws_sqs_queue", 'name = "a"'), block("aws_sqs_queue", 'name = "b"'))
    assert found.notes == (f"Arguments that force a replacement are those of {source()}.",)


def test_of_an_unknown_type_it_is_not_known(compare: Compare) -> None:
    found = compare(block("aws_not_yet", 'name = "a"'), block("aws_not_yet", 'name = "b"'))
    assert found.changes[0].verb == "update"
    assert found.notes == ("Not known which arguments force a replacement of 1 type (aws_not_yet).",)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('name = "a"', "name = var.name"),
        ('name = "a-${var.x}"', 'name = "b-${var.x}"'),
        ("", 'name = "a"'),
        ('name = "a"', ""),
    ],
)
def test_a_value_that_may_be_the_same_may_force_it(change: Change, before: str, after: str) -> None:
    found = change(block("aws_sqs_queue", before), block("aws_sqs_queue", after))
    assert (found.verb, found.lines[0].note) == ("update", "may force a replacement")


def test_a_condition_of_the_provider_may_force_it(change: Change) -> None:
    versions = [block("aws_msk_cluster", f'kafka_version = "{version}"') for version in ("3.7.x", "3.6.0")]
    assert change(*versions).lines[0].note == "may force a replacement"


@pytest.mark.parametrize("names", ["[name]", "all", '["*"]', "[tags, name[0]]"])
def test_an_ignored_argument_does_not_force_it(change: Change, names: str) -> None:
    ignored = f"\nlifecycle {{\n ignore_changes = {names}\n}}"
    found = change(block("aws_sqs_queue", f'name = "a"{ignored}'), block("aws_sqs_queue", f'name = "b"{ignored}'))
    assert (found.verb, found.lines[0].note) == ("update", "")


def test_an_argument_in_a_block_forces_it(change: Change) -> None:
    networks = [f'kubernetes_network_config {{\n ip_family = "{family}"\n}}' for family in ("ipv4", "ipv6")]
    assert change(*(block("aws_eks_cluster", network) for network in networks)).verb == "replace"


def test_a_block_that_is_added_or_removed_forces_it_with_what_is_in_it(change: Change) -> None:
    without, has_block = (block("aws_rds_cluster", f'engine = "mysql"\n{part}') for part in ("", S3_IMPORT))
    assert change(without, has_block).verb == "replace"
    assert change(has_block, without).verb == "replace"


def test_a_block_of_which_the_provider_has_another_value_may_force_it(change: Change) -> None:
    without, options = (block("aws_instance", part) for part in ("", "cpu_options {\n core_count = 2\n}"))
    assert change(without, options).lines[0].note == "may force a replacement"


def test_a_block_whose_arguments_force_nothing_updates_it(change: Change) -> None:
    without, has_block = (
        block("aws_instance", part) for part in ("", 'metadata_options {\n http_tokens = "optional"\n}')
    )
    found = change(without, has_block)
    assert (found.verb, found.lines[0].note) == ("update", "")


def test_an_empty_value_may_be_the_default(change: Change) -> None:
    groups = [block("aws_security_group", f'name = "a"\n{part}') for part in ("", 'description = ""')]
    found = change(*groups)
    assert (found.verb, found.lines[0].note) == ("update", "may force a replacement")


def test_a_data_source_is_never_replaced(change: Change) -> None:
    regions = [f'data "aws_vpc" "x" {{\n cidr_block = "10.{number}.0.0/16"\n}}\n' for number in (0, 1)]
    assert change(*regions).verb == "update"


def test_the_table_agrees_with_the_recorded_plans() -> None:
    checked = 0
    for file in PLANS:
        for change in json.loads(file.read_text(encoding="utf-8")).get("resource_changes", ()):
            for path in change["change"].get("replace_paths", ()):
                names = [step for step in path if isinstance(step, str)]
                if knows(change["type"]):
                    assert replacing(change["type"], names), f"{file}: {change['type']} {names}"
                    checked += 1
    assert checked
