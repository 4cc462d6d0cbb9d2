"""The differences between two values."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from plainwork_core.diff.difference import Difference
from plainwork_core.diff.values import differences
from plainwork_core.model.values import JsonText, Unknown


def compare(before: Any, after: Any) -> list[tuple[str, str, Any, Any]]:
    return [(found.kind, found.argument, found.before, found.after) for found in differences(before, after)]


def one(before: Any, after: Any) -> Difference:
    (found,) = differences({"value": before}, {"value": after})
    return found


@pytest.mark.parametrize("empty", [None, "", [], {}])
@pytest.mark.parametrize("other", [None, "", [], {}])
def test_null_and_empty_values_are_the_same(empty: Any, other: Any) -> None:
    assert compare({"value": empty}, {"value": other}) == []


def test_null_and_false_differ() -> None:
    assert compare({"value": None}, {"value": False}) == [("added", "value", None, False)]


def test_a_number_and_its_text_are_the_same() -> None:
    assert compare({"port": 443}, {"port": "443"}) == []


def test_the_members_of_a_list_have_no_index() -> None:
    before, after = {"cidrs": ["10.0.0.0/8", "10.1.0.0/16"]}, {"cidrs": ["0.0.0.0/0", "10.0.0.0/8"]}
    assert compare(before, after) == [
        ("removed", "cidrs", "10.1.0.0/16", None),
        ("added", "cidrs", None, "0.0.0.0/0"),
    ]


def test_another_order_is_one_difference() -> None:
    assert one(["a", "b"], ["b", "a"]).kind == "reordered"


def rule(port: int, *cidrs: str, protocol: str = "tcp") -> dict[str, Any]:
    return {"protocol": protocol, "from_port": port, "to_port": port, "cidr_blocks": list(cidrs)}


def test_rules_are_paired_by_protocol_and_port() -> None:
    before = {"ingress": [rule(22, "10.0.0.0/8"), rule(443, "0.0.0.0/0"), rule(80, "0.0.0.0/0")]}
    after = {"ingress": [rule(443, "0.0.0.0/0"), rule(22, "0.0.0.0/0"), rule(2049, "10.0.0.0/8")]}
    assert compare(before, after) == [
        ("changed", "ingress[tcp 22].cidr_blocks", "10.0.0.0/8", "0.0.0.0/0"),
        ("added", "ingress[tcp 2049]", None, rule(2049, "10.0.0.0/8")),
        ("removed", "ingress[tcp 80]", rule(80, "0.0.0.0/0"), None),
    ]


def test_blocks_are_paired_by_their_name() -> None:
    before = {"attribute": [{"name": "id", "type": "S"}, {"name": "at", "type": "S"}]}
    after = {"attribute": [{"name": "at", "type": "N"}, {"name": "id", "type": "S"}]}
    assert compare(before, after) == [("changed", "attribute[at].type", "S", "N")]


def test_blocks_without_a_key_are_paired_by_what_they_have_in_common() -> None:
    before = {"setting": [{"a": 1, "b": 2, "c": 3}, {"a": 7, "b": 8, "c": 9}]}
    after = {"setting": [{"a": 7, "b": 8, "c": 10}, {"a": 1, "b": 2, "c": 3}]}
    assert compare(before, after) == [("changed", "setting.c", 9, 10)]


def policy(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


READ = {"Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}


def test_statements_are_paired_by_sid_and_their_actions_are_a_set() -> None:
    before = policy({"Sid": "Write", "Effect": "Allow", "Action": ["s3:PutObject"], "Resource": "*"}, READ)
    after = policy(READ | {"Action": ["s3:GetObject", "s3:*"]}, {**json.loads(before)["Statement"][0]})
    assert compare({"policy": before}, {"policy": after}) == [
        ("added", "policy.Statement[Read].Action", None, "s3:*"),
    ]


def test_statements_without_a_sid_are_paired_by_content() -> None:
    before = policy(
        {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "a"}, {"Effect": "Deny", "Action": "*"}
    )
    after = policy({"Effect": "Deny", "Action": "*"}, {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "b"})
    assert compare({"policy": before}, {"policy": after}) == [("changed", "policy.Statement.Resource", "a", "b")]


def test_an_allow_is_never_paired_with_a_deny() -> None:
    allow = {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}
    other = {"Effect": "Allow", "Action": "ec2:*", "Resource": "x"}
    before, after = policy(allow, other), policy(allow | {"Effect": "Deny"}, other)
    assert [found[0] for found in compare({"policy": before}, {"policy": after})] == ["added", "removed"]


def test_one_value_and_a_list_of_it_are_the_same_in_a_policy() -> None:
    assert compare({"policy": policy(READ)}, {"policy": policy(READ | {"Action": ["s3:GetObject"]})}) == []


def test_json_with_another_layout_is_the_same() -> None:
    assert compare({"json": '{"a": 1, "b": [2]}'}, {"json": '{"b":[2],"a":1}'}) == []


def test_an_unknown_part_of_a_document_is_compared_as_json() -> None:
    arn = Unknown("`aws_s3_bucket.a.arn` is known only after apply", ("aws_s3_bucket.a.arn",))
    after = JsonText("unknown", document={"Version": "2012-10-17", "Statement": [READ | {"Resource": arn}]})
    assert compare({"policy": policy(READ)}, {"policy": after}) == [
        ("changed", "policy.Statement[Read].Resource", "*", arn)
    ]


def test_a_text_has_a_diff_of_lines() -> None:
    assert one("#!/bin/sh\necho a\nexit\n", "#!/bin/sh\necho b\nexit\n").lines == (
        "@@ -1,3 +1,3 @@",
        " #!/bin/sh",
        "-echo a",
        "+echo b",
        " exit",
    )


def test_encoded_user_data_is_compared_as_text() -> None:
    before, after = (base64.b64encode(f"#!/bin/sh\necho {word}\n".encode()).decode() for word in ("old", "new"))
    found = one(before, after)
    assert (found.argument, found.lines[2:]) == ("value[decoded]", ("-echo old", "+echo new"))


def test_what_is_known_only_after_apply_is_a_change_to_an_unknown_value() -> None:
    found = one("arn:aws:s3:::a", Unknown("`arn` is known only after apply"))
    assert found.kind == "changed"
    assert found.is_unknown
