"""Stacks for OpenTofu: what only OpenTofu has is accepted, and what only Terraform has is rejected."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from cdktf import App as CdktfApp  # noqa: TID251  as users do

from plainwork import (
    Action,
    App,
    DataSource,
    Encryption,
    Ephemeral,
    Import,
    Output,
    PlainworkError,
    Provider,
    Removed,
    Resource,
    Stack,
    Variable,
    render,
    synthesize,
)
from plainwork.errors import AddressError, ArgumentsError

if TYPE_CHECKING:
    from pathlib import Path

KEYS = {
    "key_provider": {"aws_kms": {"main": {"kms_key_id": "alias/states", "key_spec": "AES_256"}}},
    "method": {"aes_gcm": {"main": {"keys": "${key_provider.aws_kms.main}"}}, "unencrypted": {"migrate": {}}},
}


@pytest.fixture
def tofu(tmp_path: Path) -> Stack:
    return Stack(App(tmp_path / "tofu.out", target="opentofu"), "demo")


def test_an_app_is_for_terraform_or_opentofu(tmp_path: Path) -> None:
    assert App(tmp_path).target == "terraform"
    with pytest.raises(PlainworkError, match=r"^target must be terraform or opentofu \(value 'tofu'\)$"):
        App(tmp_path, target="tofu")  # type: ignore[arg-type]  the mistake that is tested


@pytest.mark.parametrize(
    ("lifecycle", "version", "problem"),
    [
        ({"enabled": "${var.on}"}, "1.11", "`lifecycle.enabled` is an argument of OpenTofu 1.11, not of Terraform"),
        (
            {"destroy": False},
            "1.12",
            "`lifecycle.destroy` is an argument of OpenTofu 1.12, not of Terraform; for it use",
        ),
        (
            {"prevent_destroy": "${var.on}"},
            "1.12",
            "`lifecycle.prevent_destroy` must be a literal value (value '${var.on}'); an expression is of OpenTofu",
        ),
    ],
)
def test_the_lifecycle_of_opentofu(
    stack: Stack, tofu: Stack, lifecycle: dict[str, Any], version: str, problem: str
) -> None:
    with pytest.raises(ArgumentsError, match=re.escape(problem)):
        Resource(stack, "aws_s3_bucket", "b", lifecycle=lifecycle)
    Variable(tofu, "on", type="bool")
    Resource(tofu, "aws_s3_bucket", "b", lifecycle=lifecycle)
    config = synthesize(tofu)
    assert config["resource"]["aws_s3_bucket"]["b"]["lifecycle"] == lifecycle
    assert config["terraform"]["required_version"] == f">= {version}"
    assert "lifecycle {\n" in render(config)


def test_a_data_source_and_an_ephemeral_resource_can_be_disabled(tofu: Stack) -> None:
    Variable(tofu, "on", type="bool")
    DataSource(tofu, "aws_region", "here", lifecycle={"enabled": "${var.on}"})
    Ephemeral(tofu, "aws_ssm_parameter", "p", arn="a", lifecycle={"enabled": "${var.on}"})
    assert render(synthesize(tofu)).count("  lifecycle {\n    enabled = var.on\n  }\n") == 2


def test_no_program_has_an_expression_in_create_before_destroy(stack: Stack, tofu: Stack) -> None:
    for one in (stack, tofu):
        with pytest.raises(ArgumentsError, match=r"must be a literal value \(value '\$\{var.on\}'\)$"):
            Resource(one, "aws_s3_bucket", "b", lifecycle={"create_before_destroy": "${var.on}"})


def test_a_provider_has_a_configuration_for_each_region(stack: Stack, tofu: Stack) -> None:
    with pytest.raises(ArgumentsError, match=r"`for_each` is an argument of OpenTofu 1.9, not of Terraform"):
        Provider(stack, "aws", alias="by_region", for_each=["eu-west-1"], region="${each.key}")
    with pytest.raises(ArgumentsError, match=r"`for_each` requires `alias`"):
        Provider(tofu, "aws", for_each=["eu-west-1"], region="${each.key}")
    Provider(tofu, "aws", alias="by_region", for_each=["eu-west-1"], region="${each.key}")
    Resource(tofu, "aws_s3_bucket", "b", provider='aws.by_region["eu-west-1"]')
    text = render(synthesize(tofu))
    assert 'for_each = toset(["eu-west-1"])' in text
    assert "region   = each.key" in text
    assert 'provider = aws.by_region["eu-west-1"]' in text


def test_a_backend_can_refer_to_variables(stack: Stack, tofu: Stack) -> None:
    backend = {"bucket": "states", "key": "${var.environment}/web.tfstate", "region": "eu-west-1"}
    with pytest.raises(
        ArgumentsError,
        match=r"^backend s3: .*\n  `key` is .*; Terraform has no references in a backend block; use a lit",
    ):
        stack.set_backend("s3", backend)
    Variable(tofu, "environment", type="string")
    tofu.set_backend("s3", backend)
    assert 'key    = "${var.environment}/web.tfstate"' in render(synthesize(tofu))


def test_text_in_the_backend_of_terraform_stays_text(stack: Stack) -> None:
    stack.set_backend("local", {"path": "$${x}.tfstate"})
    assert synthesize(stack)["terraform"]["backend"]["local"] == {"path": "$${x}.tfstate"}


def test_state_encryption_is_written(tofu: Stack) -> None:
    state = {"method": "method.aes_gcm.main", "fallback": {"method": "method.unencrypted.migrate"}}
    Encryption(tofu, **KEYS, state=state, plan={"method": "method.aes_gcm.main", "enforced": True})
    config = synthesize(tofu)
    assert config["terraform"]["required_version"] == ">= 1.10"
    assert render(config) == (
        "terraform {\n"
        '  required_version = ">= 1.10"\n'
        "\n"
        "  encryption {\n"
        '    key_provider "aws_kms" "main" {\n'
        '      key_spec   = "AES_256"\n'
        '      kms_key_id = "alias/states"\n'
        "    }\n"
        "\n"
        '    method "aes_gcm" "main" {\n'
        "      keys = key_provider.aws_kms.main\n"
        "    }\n"
        "\n"
        '    method "unencrypted" "migrate" {}\n'
        "\n"
        "    state {\n"
        "      method = method.aes_gcm.main\n"
        "\n"
        "      fallback {\n"
        "        method = method.unencrypted.migrate\n"
        "      }\n"
        "    }\n"
        "\n"
        "    plan {\n"
        "      method   = method.aes_gcm.main\n"
        "      enforced = true\n"
        "    }\n"
        "  }\n"
        "}\n"
    )


def test_invalid_encryption_is_rejected(stack: Stack, tofu: Stack) -> None:
    with pytest.raises(ArgumentsError, match=r"`encryption` is a block of OpenTofu 1.7, not of Terraform"):
        Encryption(stack, **KEYS)
    with pytest.raises(ArgumentsError, match=r"`state.method` must be the address of an encryption method, such as 'm"):
        Encryption(tofu, **KEYS, state={"method": "aes_gcm.main"})
    with pytest.raises(ArgumentsError, match=r"unsupported argument `state.enforce` .*did you mean `enforced`"):
        Encryption(tofu, **KEYS, state={"method": "method.aes_gcm.main", "enforce": True})
    Encryption(tofu, **KEYS, state={"method": "method.aes_gcm.main"})
    with pytest.raises(AddressError, match=r"duplicate terraform.encryption in stack 'demo'"):
        Encryption(tofu)


@pytest.mark.filterwarnings("ignore::plainwork.errors.MissingSchemaWarning")
def test_what_only_terraform_has_is_rejected_for_opentofu(tofu: Stack) -> None:
    with pytest.raises(
        ArgumentsError, match=r"`action` is a block of Terraform 1.14, not of OpenTofu; for it use App\("
    ):
        Action(tofu, "aws_lambda_invoke", "notify", config={})
    trigger = {"events": ["after_create"], "actions": ["action.aws_lambda_invoke.notify"]}
    with pytest.raises(
        ArgumentsError, match=r"`lifecycle.action_trigger\[0\]` is a block of Terraform 1.14, not of Op"
    ):
        Resource(tofu, "aws_s3_bucket", "b", lifecycle={"action_trigger": [trigger]})
    with pytest.raises(ArgumentsError, match=r"`type` is an argument of Terraform 1.15, not of OpenTofu"):
        Output(tofu, "x", value=1, type="number")


def test_the_version_is_that_of_opentofu(tofu: Stack) -> None:
    Variable(tofu, "token", type="string", ephemeral=True)
    Variable(tofu, "old", type="string", deprecated="Use new.")
    assert synthesize(tofu)["terraform"]["required_version"] == ">= 1.11"


def test_an_identity_requires_opentofu_1_12(tofu: Stack) -> None:
    Resource(tofu, "aws_s3_bucket", "b")
    Import(tofu, to="aws_s3_bucket.b", identity={"bucket": "b"})
    Removed(tofu, from_="aws_s3_bucket.old", destroy=False)
    assert synthesize(tofu)["terraform"]["required_version"] == ">= 1.12"


def test_a_stack_of_an_app_of_cdktf_is_for_terraform(tmp_path: Path) -> None:
    stack = Stack(CdktfApp(outdir=str(tmp_path)), "demo")
    with pytest.raises(ArgumentsError, match=r"`lifecycle.enabled` is an argument of OpenTofu 1.11, not of Terraform"):
        Resource(stack, "aws_s3_bucket", "b", lifecycle={"enabled": True})
