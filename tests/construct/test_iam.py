from __future__ import annotations

from plainwork.iam import account_root, allow, condition, deny


def test_an_account_is_a_principal_of_its_partition() -> None:
    assert account_root("cn-north-1", "123456789012")["identifiers"] == ["arn:aws-cn:iam::123456789012:root"]


def test_a_statement_has_no_empty_arguments() -> None:
    assert allow("Read", ["s3:GetObject"], ["arn:aws:s3:::b/*"]) == {
        "sid": "Read",
        "actions": ["s3:GetObject"],
        "resources": ["arn:aws:s3:::b/*"],
    }


def test_a_deny_statement_applies_to_every_principal_that_meets_the_conditions() -> None:
    plain_http = condition("Bool", "aws:SecureTransport", "false")
    statement = deny("Tls", ["s3:*"], ["arn:aws:s3:::b"], plain_http)
    assert statement["effect"] == "Deny"
    assert statement["principals"] == {"type": "*", "identifiers": ["*"]}
    assert statement["condition"] == [{"test": "Bool", "variable": "aws:SecureTransport", "values": ["false"]}]
