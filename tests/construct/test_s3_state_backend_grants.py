"""The permissions of each access level, evaluated as AWS evaluates IAM policies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from plainwork import Resource, StateAccess, StateLocking, synthesize
from plainwork.kms import AWS_OWNED_KEY
from plainwork.s3_state_backend import GrantError
from tests.support.iam_policy import decide
from tests.support.state_backends import ARNS, BUCKET, KEY_ARN, policy, state_backend

if TYPE_CHECKING:
    from plainwork import Stack

STATE = f"arn:aws:s3:::{BUCKET}/prod/web.tfstate"
DEV_STATE = f"arn:aws:s3:::{BUCKET}/env:/dev/prod/web.tfstate"
TABLE = ARNS["${aws_dynamodb_table.state.arn}"]
LOCK_ID = f"{BUCKET}/prod/web.tfstate"
VIA_S3 = {"kms:ViaService": "s3.eu-west-1.amazonaws.com"}
READ, PLAN, APPLY, ADMIN = StateAccess

PERMISSIONS: dict[str, tuple[str, str, dict[str, str], set[StateAccess]]] = {
    "read the state": ("s3:GetObject", STATE, {}, {READ, PLAN, APPLY, ADMIN}),
    "write the state": ("s3:PutObject", STATE, {}, {APPLY, ADMIN}),
    "delete the state": ("s3:DeleteObject", STATE, {}, set()),
    "acquire the lock": ("s3:PutObject", f"{STATE}.tflock", {}, {PLAN, APPLY, ADMIN}),
    "read the lock": ("s3:GetObject", f"{STATE}.tflock", {}, {PLAN, APPLY, ADMIN}),
    "release the lock": ("s3:DeleteObject", f"{STATE}.tflock", {}, {PLAN, APPLY, ADMIN}),
    "create a state": ("s3:ListBucket", f"arn:aws:s3:::{BUCKET}", {}, {PLAN, APPLY, ADMIN}),
    "list the state": ("s3:ListBucket", f"arn:aws:s3:::{BUCKET}", {"s3:prefix": "prod/web.tfstate"}, set(StateAccess)),
    "list the workspaces": ("s3:ListBucket", f"arn:aws:s3:::{BUCKET}", {"s3:prefix": "env:/"}, {ADMIN}),
    "list other states": ("s3:ListBucket", f"arn:aws:s3:::{BUCKET}", {"s3:prefix": "prod/"}, set()),
    "read another state": ("s3:GetObject", f"arn:aws:s3:::{BUCKET}/prod/api.tfstate", {}, set()),
    "read a state of a workspace": ("s3:GetObject", DEV_STATE, {}, {ADMIN}),
    "delete a state of a workspace": ("s3:DeleteObject", DEV_STATE, {}, {ADMIN}),
    "lock a state of a workspace": ("s3:PutObject", f"{DEV_STATE}.tflock", {}, {ADMIN}),
    "decrypt through S3": ("kms:Decrypt", KEY_ARN, VIA_S3, {READ, PLAN, APPLY, ADMIN}),
    "encrypt through S3": ("kms:GenerateDataKey", KEY_ARN, VIA_S3, {PLAN, APPLY, ADMIN}),
    "decrypt without S3": ("kms:Decrypt", KEY_ARN, {}, set()),
    "decrypt with another key": ("kms:Decrypt", KEY_ARN.replace("1a2b", "ffff"), VIA_S3, set()),
}
TABLE_PERMISSIONS: dict[str, tuple[str, str, set[StateAccess]]] = {
    "read the checksum": ("dynamodb:GetItem", f"{LOCK_ID}-md5", {READ, PLAN, APPLY, ADMIN}),
    "write the checksum": ("dynamodb:PutItem", f"{LOCK_ID}-md5", {APPLY, ADMIN}),
    "delete the checksum": ("dynamodb:DeleteItem", f"{LOCK_ID}-md5", set()),
    "acquire the lock": ("dynamodb:PutItem", LOCK_ID, {PLAN, APPLY, ADMIN}),
    "release the lock": ("dynamodb:DeleteItem", LOCK_ID, {PLAN, APPLY, ADMIN}),
    "acquire the lock of another state": ("dynamodb:PutItem", f"{BUCKET}/prod/api.tfstate", set()),
    "acquire the lock of a workspace": ("dynamodb:PutItem", f"{BUCKET}/env:/dev/prod/web.tfstate", {ADMIN}),
    "delete the checksum of a workspace": (
        "dynamodb:DeleteItem",
        f"{BUCKET}/env:/dev/prod/web.tfstate-md5",
        {ADMIN},
    ),
}


def is_allowed(stack: Stack, access: StateAccess, *request: Any) -> bool:
    name = f"state_prod_web_{access.replace('-', '_')}"
    return decide(policy(stack, name), *request) == "Allow"


def document(stack: Stack, name: str) -> list[dict[str, Any]]:
    statements: list[dict[str, Any]] = synthesize(stack)["data"]["aws_iam_policy_document"][name]["statement"]
    return statements


@pytest.mark.parametrize("access", StateAccess)
@pytest.mark.parametrize("permission", PERMISSIONS)
def test_permissions_of_each_level(stack: Stack, access: StateAccess, permission: str) -> None:
    *request, levels = PERMISSIONS[permission]
    state_backend(stack).grant("ci", "prod/web.tfstate", access)
    assert is_allowed(stack, access, *request) == (access in levels)


@pytest.mark.parametrize("access", StateAccess)
@pytest.mark.parametrize("permission", TABLE_PERMISSIONS)
def test_permissions_of_each_level_on_the_lock_table(stack: Stack, access: StateAccess, permission: str) -> None:
    action, item, levels = TABLE_PERMISSIONS[permission]
    state_backend(stack, locking=StateLocking.DYNAMODB).grant("ci", "prod/web.tfstate", access)
    assert is_allowed(stack, access, action, TABLE, {"dynamodb:LeadingKeys": item}) == (access in levels)


def test_locking_in_dynamodb_grants_no_access_to_lock_files(stack: Stack) -> None:
    state_backend(stack, locking=StateLocking.DYNAMODB).grant("ci", "prod/web.tfstate", APPLY)
    assert not is_allowed(stack, APPLY, "s3:PutObject", f"{STATE}.tflock", {})


def test_without_a_key_a_grant_has_no_kms_actions(stack: Stack) -> None:
    state_backend(stack, kms_key_id=AWS_OWNED_KEY).grant("ci", "prod/web.tfstate", APPLY)
    assert not [statement for statement in document(stack, "state_prod_web_apply") if "kms" in str(statement)]


def test_a_grant_can_be_limited_to_one_workspace(stack: Stack) -> None:
    state_backend(stack).grant("ci", "prod/web.tfstate", APPLY, workspace="dev")
    granted = policy(stack, "state_prod_web_dev_apply")
    assert decide(granted, "s3:PutObject", DEV_STATE, {}) == "Allow"
    assert decide(granted, "s3:ListBucket", f"arn:aws:s3:::{BUCKET}", {"s3:prefix": "env:/"}) == "Allow"
    assert decide(granted, "s3:PutObject", STATE, {}) is None


def test_every_level_can_list_a_custom_workspace_key_prefix(stack: Stack) -> None:
    """Terraform ignores a denied list only with its default prefix, `env:/`."""
    state_backend(stack, workspace_key_prefix="workspaces").grant("ci", "prod/web.tfstate", READ)
    assert is_allowed(stack, READ, "s3:ListBucket", f"arn:aws:s3:::{BUCKET}", {"s3:prefix": "workspaces/"})


@pytest.mark.parametrize(
    ("region", "suffixes"),
    [
        ("us-gov-west-1", ["amazonaws.com"]),
        ("cn-north-1", ["amazonaws.com", "amazonaws.com.cn"]),
        ("eusc-de-east-1", ["amazonaws.com", "amazonaws.eu"]),
        ("us-iso-east-1", ["amazonaws.com", "c2s.ic.gov"]),
    ],
)
def test_the_condition_on_kms_accepts_every_dns_suffix_of_the_partition(
    stack: Stack, region: str, suffixes: list[str]
) -> None:
    state_backend(stack, region=region).grant("ci", "prod/web.tfstate", READ)
    (condition,) = document(stack, "state_prod_web_read")[-1]["condition"]
    assert condition["values"] == [f"s3.{region}.{suffix}" for suffix in suffixes]


def test_roles_with_the_same_access_share_a_policy(stack: Stack) -> None:
    backend = state_backend(stack)
    ci = Resource(stack, "aws_iam_role", "ci", name="acme-ci", assume_role_policy="{}")
    for role in (ci["name"], "break-glass"):
        backend.grant(role, "prod/web.tfstate", APPLY)
    found = synthesize(stack)["resource"]
    assert list(found["aws_iam_policy"]) == ["state_prod_web_apply"]
    assert found["aws_iam_role_policy_attachment"]["state_prod_web_apply_ci"]["role"] == "${aws_iam_role.ci.name}"
    assert found["aws_iam_role_policy_attachment"]["state_prod_web_apply_break_glass"]["role"] == "break-glass"


def test_a_duplicate_grant_is_rejected(stack: Stack) -> None:
    backend = state_backend(stack)
    backend.grant("ci", "prod/web.tfstate", APPLY)
    with pytest.raises(GrantError, match=r"role 'ci' is granted apply on 'prod/web\.tfstate' twice"):
        backend.grant("ci", "prod/web.tfstate", APPLY)


def test_roles_with_the_same_terraform_name_are_rejected(stack: Stack) -> None:
    backend = state_backend(stack)
    backend.grant("ci.web", "prod/web.tfstate", APPLY)
    with pytest.raises(GrantError, match=r"roles 'ci\.web' and 'ci-web'.*'prod_web_apply_ci_web'"):
        backend.grant("ci-web", "prod/web.tfstate", APPLY)


@pytest.mark.parametrize(("key", "workspace"), [("prod/web-dev.tfstate", None), ("prod/web.tfstate", "Dev")])
def test_policies_with_the_same_iam_name_are_rejected(stack: Stack, key: str, workspace: str | None) -> None:
    backend = state_backend(stack)
    backend.grant("ci", "prod/web.tfstate", APPLY, workspace="dev")
    with pytest.raises(GrantError, match=r"apply on 'prod/web\.tfstate' in workspace 'dev'.*'prod_web_[dD]ev_apply'"):
        backend.grant("cd", key, APPLY, workspace=workspace)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"role": "${var.role}"}, "role must be.*got '\\${var.role}'"),
        ({"role": "no such name"}, "role must be.*got 'no such name'"),
        ({"role": None}, "role must be.*got None"),
        ({"access": "read"}, "access must be one of StateAccess.READ, .*got 'read'"),
        ({"access": "write"}, "access must be one of StateAccess.READ, .*got 'write'"),
        ({"workspace": "default"}, "workspace must be.* other than 'default'.*got 'default'"),
        ({"workspace": "dev/x"}, "workspace must be.* other than 'default'.*got 'dev/x'"),
        ({"workspace": "dev", "access": ADMIN}, "workspace must not be set with workspace-admin.*got 'dev'"),
        ({"key": f"prod/{'w' * 120}.tfstate"}, "www.* has more than the 128 characters"),
    ],
)
def test_an_invalid_grant_is_rejected(stack: Stack, arguments: dict[str, Any], message: str) -> None:
    arguments = {"role": "ci", "key": "prod/web.tfstate", "access": APPLY, **arguments}
    with pytest.raises(GrantError, match=message):
        state_backend(stack).grant(**arguments)
