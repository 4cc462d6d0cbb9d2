"""ARNs, accounts as principals, and partly known strings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork_core.aws.arn import Arn, parse_arn
from plainwork_core.iam import Principal
from plainwork_core.iam.principals import is_account, is_public
from plainwork_core.model.rendering import render
from plainwork_core.model.values import PartialString, Unknown

PARTITION = Unknown("partition", ("data.aws_partition.current.partition",))
ACCOUNT = Unknown("account", ("data.aws_caller_identity.current.account_id",))
ROLE = Unknown("after apply", ("aws_iam_role.reader.arn",))
words = st.text("abc-0*", max_size=5)


@given(st.tuples(words, words, words, words, st.text("ab:/*", max_size=8)))
def test_an_arn_has_five_parts_and_the_last_may_contain_colons(parts: tuple[str, str, str, str, str]) -> None:
    assert parse_arn(":".join(("arn", *parts))) == Arn(*parts)


@pytest.mark.parametrize("text", ["", "*", "123456789012", "arn:aws:iam::root", "urn:aws:iam::1:root"])
def test_other_text_is_not_an_arn(text: str) -> None:
    assert parse_arn(text) is None


def test_a_colon_in_a_policy_variable_is_not_a_separator() -> None:
    arn = parse_arn("arn:aws:s3:::home/${aws:username}/*")
    assert arn is not None
    assert arn.resource == "home/${aws:username}/*"
    assert parse_arn("arn:aws:iam::${aws:PrincipalAccount}:root") == Arn(
        "aws", "iam", "", "${aws:PrincipalAccount}", "root"
    )


def test_a_template_is_rendered_with_the_references_of_its_unknown_parts() -> None:
    arn = PartialString("after apply", (), ("arn:", PARTITION, ":iam::aws:policy/", Unknown("computed")))
    assert render(arn) == "arn:${data.aws_partition.current.partition}:iam::aws:policy/${...}"
    assert render(ROLE) is None


@pytest.mark.parametrize(
    "value", ["123456789012", "arn:aws:iam::123456789012:root", "arn:aws-cn:iam::123456789012:root"]
)
def test_an_account_id_or_a_root_arn_is_an_account(value: str) -> None:
    assert is_account(Principal("AWS", value)) is True


@pytest.mark.parametrize("value", ["arn:aws:iam::123456789012:role/root", "arn:aws:iam::123456789012:user/x", "*"])
def test_a_role_a_user_and_the_public_are_not_an_account(value: str) -> None:
    assert is_account(Principal("AWS", value)) is False


def test_the_root_arn_of_an_unknown_account_is_an_account() -> None:
    root = PartialString("template", (), ("arn:", PARTITION, ":iam::", ACCOUNT, ":root"))
    assert is_account(Principal("AWS", root)) is True


def test_a_role_of_an_unknown_account_is_not_an_account() -> None:
    role = PartialString("template", (), ("arn:aws:iam::", ACCOUNT, ":role/", Unknown("var.name has no default")))
    assert is_account(Principal("AWS", role)) is False


def test_the_arn_of_a_role_in_the_stack_is_not_an_account() -> None:
    assert is_account(Principal("AWS", ROLE)) is False


@pytest.mark.parametrize("value", [Unknown("var.x has no default", ("var.x",)), Unknown("computed")])
def test_any_other_unknown_value_may_be_an_account(value: Unknown) -> None:
    assert is_account(Principal("AWS", value)) is value


def test_a_service_principal_is_not_an_account() -> None:
    assert is_account(Principal("Service", "123456789012")) is False


@pytest.mark.parametrize("type_", ["*", "AWS"])
def test_the_wildcard_is_public(type_: str) -> None:
    assert is_public(Principal(type_, "*"))
    assert not is_public(Principal("Service", "*"))
