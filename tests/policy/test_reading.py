"""What a policy reads: a value that is known, or the end of the policy in *not evaluated*."""

from __future__ import annotations

import pytest

from plainwork_core.model.not_evaluated import NotEvaluated
from plainwork_core.model.stack import Change, Location, Stack
from plainwork_core.model.stack import Resource as ModelResource
from plainwork_core.model.values import PartialMap, PartialString, Unknown
from plainwork_policies.reading.block import Resource
from plainwork_policies.reading.identity import is_named_same, is_same, target_of
from plainwork_policies.reading.logic import (
    all_conditions,
    any_condition,
    check_each,
    every,
    find,
    flattened,
    is_certain,
    is_possible,
    some,
)

HIDDEN = Unknown("`var.x` has no default; check a plan", ("var.x",))


def resource(values, lines=None, changes=(), type_="aws_efs_file_system"):
    block = ModelResource(f"{type_}.x", "managed", type_, "x", "aws", values, Location("main.tf", 1), lines or {})
    return Resource(block, Stack("main.tf", "plan" if changes else "hcl", resources=(block,), changes=changes))


def raised(read):
    with pytest.raises(NotEvaluated) as ended:
        read()
    return ended.value


@pytest.mark.parametrize(
    ("value", "read", "expected"),
    [
        ("true", "bool", True),
        ("0", "bool", False),
        (True, "string", "true"),
        (5, "string", "5"),
        ("5", "number", 5),
        ("1.5e2", "number", 150),
    ],
)
def test_values_convert_as_in_terraform(value, read, expected):
    assert getattr(resource({"name": value})["name"], read)() == expected


@pytest.mark.parametrize(
    ("value", "read", "reason"),
    [
        (["a"], "bool", "`name` is a list, not a bool"),
        ("yes", "bool", "`name` is a string, not a bool"),
        ("nan", "number", "`name` is a string, not a number"),
        ("1_000", "number", "`name` is a string, not a number"),
        ({"a": 1}, "string", "`name` is a map, not a string"),
        ("a", "strings", "`name` is a string, not a list"),
        ("a", "map", "`name` is a string, not a map"),
        (None, "string", "`name` is not set"),
        (HIDDEN, "string", "`var.x` has no default; check a plan"),
    ],
)
def test_a_value_that_is_unknown_or_of_another_type_is_not_evaluated(value, read, reason):
    assert raised(getattr(resource({"name": value})["name"], read)).because.reason == reason


def test_the_exception_has_the_argument_and_its_line():
    ended = raised(resource({"name": HIDDEN}, {"name": 7})["name"].string)
    assert (ended.path, ended.owner, ended.location) == ("name", "aws_efs_file_system.x", Location("main.tf", 7))


def test_a_result_worked_out_from_an_argument_is_not_evaluated_there_if_it_is_unknown():
    argument = resource({"name": "a"})["name"]
    assert argument.resolve("b") == "b"
    assert raised(lambda: argument.resolve(HIDDEN)).path == "name"


def test_an_argument_that_is_not_set_has_the_default_of_the_read_or_the_provider():
    assert resource({})["name"].string(default="x") == "x"
    assert resource({})["encrypted"].bool() is False


def test_an_argument_is_not_a_value():
    with pytest.raises(TypeError, match=r"not a value; use \.bool"):
        bool(resource({"encrypted": False})["encrypted"])
    with pytest.raises(TypeError, match=r"not a value; use \.string"):
        assert resource({"encrypted": False})["encrypted"] == "x"


def test_the_index_of_a_single_block_may_be_omitted():
    file_system = resource({"posix_user": [{"uid": 1000}]})
    assert file_system["posix_user.uid"].path == "posix_user.0.uid"
    assert file_system["posix_user.uid"].number() == 1000
    two = resource({"posix_user": [{"uid": 1}, {"uid": 2}]})
    assert "2 blocks" in raised(two["posix_user.uid"].number).because.reason


def test_what_the_provider_computes_is_not_set():
    computed = resource({"kms_key_id": Unknown("`x.kms_key_id` is known only after apply", is_computed=True)})
    assert not computed["kms_key_id"].is_configured
    assert not computed["kms_key_id"].is_set


def test_a_reference_counts_as_set_and_a_variable_is_not_evaluated():
    arn = Unknown("`aws_kms_key.k.arn` is known only after apply", ("aws_kms_key.k.arn",))
    assert resource({"kms_key_id": arn})["kms_key_id"].is_set
    assert raised(lambda: resource({"kms_key_id": HIDDEN})["kms_key_id"].is_set)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(False, "`false`"), ("a", "`a`"), (0, "`0`"), ("", '`""`'), (["a"], '`["a"]`'), (None, "not set")],
)
def test_the_state_of_an_argument_is_quoted_as_terraform_writes_it(value, expected):
    assert resource({"name": value})["name"].state == expected


def test_the_name_of_an_argument_has_neither_blocks_nor_indices():
    file_system = resource({"posix_user": [{"uid": 1000, "secondary_gids": [1, 2]}]})
    assert file_system["posix_user.uid"].name == "uid"
    assert [gid.name for gid in file_system["posix_user.secondary_gids"].members()] == ["secondary_gids"] * 2


def test_the_state_of_an_unknown_argument_is_not_evaluated():
    assert raised(lambda: resource({"name": HIDDEN})["name"].state).path == "name"


@pytest.mark.parametrize(("text", "expected"), [("arn:aws:", True), ("arn:azure", False)])
def test_the_known_beginning_of_a_string_may_decide(text, expected):
    arn = PartialString("`var.x` has no default", parts=("arn:aws:iam::", HIDDEN))
    assert resource({"arn": arn})["arn"].starts_with(text) is expected


@pytest.mark.parametrize(
    ("value", "texts", "expected"),
    [
        ("a", ("a", "b"), True),
        ("c", ("a", "b"), False),
        (None, ("a",), False),
        (HIDDEN, (), False),
        (PartialString("", parts=(HIDDEN, "-logs")), ("prod-state",), False),
    ],
)
def test_the_known_parts_of_a_string_may_exclude_every_text(value, texts, expected):
    assert resource({"name": value})["name"].is_one_of(texts) is expected


@pytest.mark.parametrize("value", [HIDDEN, PartialString("", parts=("prod-", HIDDEN))])
def test_a_string_that_may_be_one_of_the_texts_is_not_evaluated(value):
    assert raised(lambda: resource({"name": value})["name"].is_one_of(("prod-state",))).path == "name"


def test_a_beginning_that_does_not_decide_is_not_evaluated():
    arn = PartialString("`var.x` has no default", parts=("arn:", HIDDEN))
    assert raised(lambda: resource({"arn": arn})["arn"].starts_with("arn:aws:"))


class TestMembers:
    partly = resource({"names": ["a", HIDDEN, "c"]})["names"]

    def test_certain_members_come_first_and_then_the_unknown_one(self):
        found = []
        with pytest.raises(NotEvaluated):
            found.extend(self.partly.strings())
        assert list(self.partly.strings().certain()) == ["a", "c"]

    def test_a_member_that_is_certain_is_in_the_list(self):
        assert "c" in self.partly.strings()

    def test_a_member_that_may_be_unknown_is_not_evaluated(self):
        assert raised(lambda: "b" in self.partly.strings())

    def test_a_list_with_an_unknown_member_has_a_length(self):
        assert len(self.partly.strings()) == 3
        assert self.partly.strings()

    def test_blocks_with_an_unknown_member_have_none(self):
        blocks = resource({"rule": [{"port": 1}, HIDDEN]}).blocks("rule")
        assert blocks
        assert raised(lambda: len(blocks))

    def test_a_list_that_is_unknown_is_one_member_that_may_refer_to_a_resource(self):
        (member,) = resource({"names": HIDDEN})["names"].members()
        assert member.path == "names"


class TestMaps:
    tags = resource({"tags": PartialMap("`var.x` has no default", members={"Owner": "a"}, others=((HIDDEN, HIDDEN),))})

    def test_a_known_key_is_read_beside_unknown_ones(self):
        assert self.tags["tags"].map()["Owner"].string() == "a"
        assert "Owner" in self.tags["tags"].map()

    def test_a_key_that_an_unknown_one_may_be_is_not_evaluated(self):
        assert raised(lambda: "Team" in self.tags["tags"].map())

    def test_the_keys_end_in_not_evaluated(self):
        assert raised(lambda: list(self.tags["tags"].map()))

    def test_an_argument_that_is_not_set_is_an_empty_map(self):
        assert list(resource({})["tags"].map()) == []


class TestLogic:
    arguments = resource({"a": HIDDEN, "b": True, "c": False})

    def read(self, name):
        return self.arguments[name].bool

    def test_one_true_condition_decides_an_or_in_any_order(self):
        assert any_condition(self.read("a"), self.read("b"))
        assert raised(lambda: any_condition(self.read("a"), self.read("c")))

    def test_one_false_condition_decides_an_and_in_any_order(self):
        assert not all_conditions(self.read("a"), self.read("c"))
        assert raised(lambda: all_conditions(self.read("a"), self.read("b")))

    def test_a_member_that_is_not_evaluated_does_not_hide_others(self):
        names = resource({"names": [HIDDEN, "b"]})["names"].members()
        assert some(names, lambda name: name.string() == "b")
        assert not every(names, lambda name: name.string() == "c")
        assert raised(lambda: some(names, lambda name: name.string() == "c"))

    def test_the_first_member_is_found_behind_an_unknown_one(self):
        names = resource({"names": [HIDDEN, "b", "c"]})["names"].members()
        assert find(names, lambda name: name.string() != "a").raw == "b"
        assert raised(lambda: find(names, lambda name: name.string() == "a"))
        assert find([1, 2], lambda number: number > 2) is None

    def test_what_is_unknown_is_not_certain(self):
        assert is_certain(self.read("b"))
        assert not is_certain(self.read("a"))

    def test_what_is_unknown_is_possible(self):
        assert is_possible(self.read("a"))
        assert is_possible(self.read("b"))
        assert not is_possible(lambda: False)

    def test_each_member_has_its_own_finding(self):
        names = resource({"names": [HIDDEN, "b"]})["names"].members()
        found = list(check_each(names, lambda name: [name.fail(f"is `{name.string()}`", remedy="Rename it.")]))
        assert sorted((finding.status, finding.path) for finding in found) == [
            ("failed", "names.1"),
            ("not_evaluated", "names.0"),
        ]

    def test_members_of_members_come_before_what_is_unknown(self):
        blocks = resource({"rule": [{"ports": [HIDDEN, 1]}, HIDDEN, {"ports": [2]}]}).blocks("rule")
        found = []
        ended = raised(lambda: found.extend(flattened(blocks, lambda block: block["ports"].strings())))
        assert found == ["1", "2"]
        assert ended.path == "rule.0.ports.0"

    def test_an_argument_is_read_in_each_block_that_its_path_leads_through(self):
        blocks = resource({"rule": [{"filter": [{"port": 1}, {"port": 2}]}, {"filter": {"port": 3}}, {}]})
        found = {argument.path: argument.number() for argument in blocks.arguments("rule.filter.port")}
        assert found == {"rule.0.filter.0.port": 1, "rule.0.filter.1.port": 2, "rule.1.filter.0.port": 3}

    def test_an_unknown_block_on_the_path_to_an_argument_is_not_evaluated(self):
        arguments = resource({"rule": [{"port": 1}, HIDDEN]}).arguments("rule.port")
        assert next(arguments).number() == 1
        assert raised(lambda: next(arguments)).path == "rule.1"


class TestIdentity:
    def same(self, compare, one, other):
        return compare(resource({"id": one})["id"], resource({"id": other})["id"])

    def test_known_values_are_compared(self):
        assert self.same(is_same, "vpc-1", "vpc-1")
        assert not self.same(is_named_same, "vpc-1", "vpc-2")

    def test_two_references_may_be_the_same_or_count_as_two(self):
        other = Unknown("`var.y` has no default; check a plan", ("var.y",))
        assert self.same(is_same, HIDDEN, HIDDEN)
        assert raised(lambda: self.same(is_same, HIDDEN, other))
        assert not self.same(is_named_same, HIDDEN, other)

    def test_a_value_that_differs_for_each_instance_has_no_target(self):
        each = Unknown("`each.value` differs for each instance", ("each.value",))
        assert raised(lambda: target_of(resource({"id": each})["id"]))


class TestChanges:
    def changed(self, before, after):
        change = Change("aws_efs_file_system.x", "aws_efs_file_system", ("update",), before, after)
        return resource(after, changes=(change,))

    def test_an_argument_that_the_plan_changes(self):
        assert self.changed({"name": "a"}, {"name": "b"}).changes("name")
        assert not self.changed({"name": "a"}, {"name": "a"}).changes("name")

    def test_a_resource_that_the_plan_creates_changes(self):
        assert self.changed(None, {"name": "b"}).changes("name")

    def test_outside_plans_the_default_is_returned_or_it_is_not_evaluated(self):
        assert resource({"name": "a"}).changes("name", default=True)
        assert "only a plan" in raised(lambda: resource({"name": "a"}).changes("name")).because.reason
