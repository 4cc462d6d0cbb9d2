"""The table of arguments that replace a resource, from the arguments that two plans name."""

from __future__ import annotations

from plainwork_core.aws.replacing_arguments import replacing
from tools.replacing_arguments import conditions, table


def test_an_argument_of_both_plans_replaces_the_resource() -> None:
    assert table([{"aws_a": {"name"}}, {"aws_a": {"name"}}], {}) == {"aws_a": ["name"]}


def test_an_argument_of_one_plan_replaces_it_under_conditions() -> None:
    assert table([{"aws_a": {"name", "size"}}, {"aws_a": {"name"}}], {}) == {"aws_a": ["name", "size?"]}


def test_a_type_of_one_plan_has_the_arguments_of_that_plan() -> None:
    assert table([{"aws_a": {"name"}}, {}], {}) == {"aws_a": ["name"]}


def test_a_condition_of_the_source_is_added_and_never_certain() -> None:
    rows = table([{"aws_a": {"name"}}, {"aws_a": {"name"}}], {"aws_a": {"name": "if set", "version": "downgrade"}})
    assert rows == {"aws_a": ["name?", "version?"]}


def test_the_data_file_has_every_condition_of_a_type_that_it_has() -> None:
    known = [(type_, name) for type_, names in conditions().items() for name in names if replacing(type_, [name])]
    assert len(known) > 20
    assert {replacing(type_, name.split(".")) for type_, name in known} == {"may"}
