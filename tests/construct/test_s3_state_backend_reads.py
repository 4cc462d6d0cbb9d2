"""States that a stack reads: from stacks of the app, of other apps, and the permissions of the roles that plan it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from plainwork import App, Resource, Stack, StateAccess, synthesize
from plainwork.errors import CrossStackError
from plainwork.kms import AWS_OWNED_KEY
from plainwork.s3_state_backend import StateKeyError
from tests.support.iam_policy import decide
from tests.support.state_backends import ACCOUNT_ID, ALIAS_ARN, BUCKET, KEY_ARN, policy, state_backend

if TYPE_CHECKING:
    from plainwork.kms import AWS_OWNED_KEY
from plainwork.s3_state_backend import S3StateBackend

NETWORK = f"arn:aws:s3:::{BUCKET}/prod/network.tfstate"
READERS = [StateAccess.PLAN, StateAccess.APPLY, StateAccess.WORKSPACE_ADMIN]
OTHER = {
    "bucket": "acme-shared-states",
    "key": "shared/dns.tfstate",
    "region": "us-east-1",
    "kms_key_id": f"arn:aws:kms:us-east-1:{ACCOUNT_ID}:alias/acme-shared-states",
}


@pytest.fixture
def backend(stack: Stack) -> S3StateBackend:
    return state_backend(stack)


@pytest.fixture
def shop(app: App, backend: S3StateBackend) -> Stack:
    shop = Stack(app, "shop")
    backend.store(shop, "prod/shop.tfstate")
    return shop


@pytest.fixture
def network(app: App, backend: S3StateBackend) -> Stack:
    network = Stack(app, "network")
    backend.store(network, "prod/network.tfstate")
    network.export("vpc_id", Resource(network, "aws_vpc", "main", cidr_block="10.0.0.0/16")["id"])
    return network


def may(stack: Stack, access: StateAccess, *request: object, **context: str) -> bool:
    name = f"state_prod_shop_{access.replace('-', '_')}"
    return decide(policy(stack, name), *request, context) == "Allow"  # type: ignore[arg-type]


def test_a_stack_reads_a_state_of_the_same_bucket(shop: Stack, network: Stack) -> None:
    shop.export("vpc_id", shop.read(network)["vpc_id"])
    assert synthesize(shop)["data"]["terraform_remote_state"]["network"]["config"] == {
        "bucket": BUCKET,
        "key": "prod/network.tfstate",
        "region": "eu-west-1",
        "encrypt": True,
        "kms_key_id": ALIAS_ARN,
    }


def test_a_stack_can_be_read_before_its_first_apply(stack: Stack, shop: Stack, backend: S3StateBackend) -> None:
    backend.store(stack, "prod/state.tfstate", bootstrap=True)
    stack.export("bucket", backend.bucket["bucket"])
    assert shop.read(stack)["bucket"] == "${data.terraform_remote_state.demo.outputs.bucket}"
    assert "backend" not in synthesize(stack)["terraform"]


class TestStatesOfOtherApps:
    def test_a_state_of_the_bucket_is_read_by_its_key(self, backend: S3StateBackend, shop: Stack) -> None:
        state = backend.read(shop, "prod/network.tfstate")
        assert state["vpc_id"] == "${data.terraform_remote_state.prod_network.outputs.vpc_id}"
        assert state["subnets[0].id"] == "${data.terraform_remote_state.prod_network.outputs.subnets[0].id}"
        read = synthesize(shop)["data"]["terraform_remote_state"]["prod_network"]
        assert read["config"]["key"] == "prod/network.tfstate"

    def test_its_key_does_not_have_to_follow_the_rules(self, backend: S3StateBackend, shop: Stack) -> None:
        state = backend.read(shop, "Network-v2/terraform.tfstate")
        assert state["x"] == "${data.terraform_remote_state.Network_v2_terraform.outputs.x}"

    @pytest.mark.usefixtures("network")
    def test_a_state_of_this_app_is_rejected(self, backend: S3StateBackend, shop: Stack) -> None:
        with pytest.raises(StateKeyError, match=r"'prod/network.tfstate' is used by stack 'network' .* stack.read"):
            backend.read(shop, "prod/network.tfstate")

    @pytest.mark.parametrize("key", ["", "/network.tfstate", "prod//network.tfstate", None])
    def test_an_invalid_key_is_rejected(self, backend: S3StateBackend, shop: Stack, key: str) -> None:
        with pytest.raises(StateKeyError, match=r"state key must be the key of an object"):
            backend.read(shop, key)

    def test_the_name_of_a_stack_is_not_a_stack(self, backend: S3StateBackend) -> None:
        with pytest.raises(CrossStackError, match=r"'shop' cannot read a state; give the Stack, as in backend.read\("):
            backend.read("shop", "prod/dns.tfstate")  # type: ignore[arg-type]


class TestPermissions:
    @pytest.mark.parametrize("access", READERS)
    def test_a_role_that_plans_the_reader_can_read_the_state(
        self, stack: Stack, backend: S3StateBackend, network: Stack, shop: Stack, access: StateAccess
    ) -> None:
        backend.grant("ci", "prod/shop.tfstate", access)
        shop.read(network)
        assert may(stack, access, "s3:GetObject", NETWORK)
        assert may(stack, access, "s3:ListBucket", f"arn:aws:s3:::{BUCKET}", **{"s3:prefix": "prod/network.tfstate"})
        assert may(stack, access, "kms:Decrypt", KEY_ARN, **{"kms:ViaService": "s3.eu-west-1.amazonaws.com"})
        for action in ("s3:PutObject", "s3:DeleteObject"):
            assert not may(stack, access, action, NETWORK)
        assert not may(stack, access, "s3:PutObject", f"{NETWORK}.tflock")

    def test_the_grant_can_come_last(self, stack: Stack, backend: S3StateBackend, network: Stack, shop: Stack) -> None:
        shop.read(network)
        backend.grant("ci", "prod/shop.tfstate", StateAccess.PLAN)
        assert may(stack, StateAccess.PLAN, "s3:GetObject", NETWORK)

    def test_the_reader_can_get_its_backend_last(
        self, app: App, stack: Stack, network: Stack, backend: S3StateBackend
    ) -> None:
        shop = Stack(app, "shop")
        shop.read(network)
        backend.grant("ci", "prod/shop.tfstate", StateAccess.PLAN)
        backend.store(shop, "prod/shop.tfstate")
        assert may(stack, StateAccess.PLAN, "s3:GetObject", NETWORK)

    def test_a_state_of_another_app_can_be_read(self, stack: Stack, backend: S3StateBackend, shop: Stack) -> None:
        backend.grant("ci", "prod/shop.tfstate", StateAccess.PLAN)
        backend.read(shop, "prod/network.tfstate")
        assert may(stack, StateAccess.PLAN, "s3:GetObject", NETWORK)

    def test_a_role_that_only_reads_the_state_of_the_reader_has_no_more(
        self, stack: Stack, backend: S3StateBackend, shop: Stack, network: Stack
    ) -> None:
        shop.read(network)
        backend.grant("ci", "prod/shop.tfstate", StateAccess.READ)
        assert not may(stack, StateAccess.READ, "s3:GetObject", NETWORK)

    def test_a_role_of_another_stack_has_no_more(
        self, stack: Stack, backend: S3StateBackend, shop: Stack, network: Stack
    ) -> None:
        shop.read(network)
        backend.grant("ci", "prod/web.tfstate", StateAccess.PLAN)
        assert decide(policy(stack, "state_prod_web_plan"), "s3:GetObject", NETWORK, {}) is None

    def test_several_states_need_one_statement(
        self, app: App, stack: Stack, backend: S3StateBackend, shop: Stack, network: Stack
    ) -> None:
        data = Stack(app, "data")
        backend.store(data, "prod/data.tfstate")
        for other in (network, data):
            shop.read(other)
        backend.grant("ci", "prod/shop.tfstate", StateAccess.PLAN)
        (statement,) = (
            statement
            for statement in policy(stack, "state_prod_shop_plan")["Statement"]
            if statement["Sid"] == "ReadStates"
        )
        assert statement["Resource"] == [NETWORK, f"arn:aws:s3:::{BUCKET}/prod/data.tfstate"]


class TestPermissionsInAnotherBucket:
    @pytest.fixture
    def dns(self, app: App) -> Stack:
        dns = Stack(app, "dns")
        dns.export("zone_id", "Z123")
        return dns

    def plan(self, backend: S3StateBackend, shop: Stack, dns: Stack, **block: str) -> None:
        dns.set_backend("s3", {**OTHER, **block})
        shop.read(dns)
        backend.grant("ci", "prod/shop.tfstate", StateAccess.PLAN)

    def test_the_state_can_be_read(self, stack: Stack, backend: S3StateBackend, shop: Stack, dns: Stack) -> None:
        self.plan(backend, shop, dns)
        assert may(stack, StateAccess.PLAN, "s3:GetObject", "arn:aws:s3:::acme-shared-states/shared/dns.tfstate")
        prefix = {"s3:prefix": "shared/dns.tfstate"}
        assert may(stack, StateAccess.PLAN, "s3:ListBucket", "arn:aws:s3:::acme-shared-states", **prefix)

    def test_the_key_of_an_alias_can_decrypt_in_its_region(
        self, stack: Stack, backend: S3StateBackend, shop: Stack, dns: Stack
    ) -> None:
        self.plan(backend, shop, dns)
        key = f"arn:aws:kms:us-east-1:{ACCOUNT_ID}:key/1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d"
        via_s3 = {"kms:ViaService": "s3.us-east-1.amazonaws.com"}
        alias = {"kms:ResourceAliases": "alias/acme-shared-states"}
        assert may(stack, StateAccess.PLAN, "kms:Decrypt", key, **via_s3, **alias)
        assert not may(stack, StateAccess.PLAN, "kms:Decrypt", key, **via_s3, **{"kms:ResourceAliases": "alias/other"})
        assert not may(stack, StateAccess.PLAN, "kms:Decrypt", key, **alias)

    @pytest.mark.parametrize("key_id", [KEY_ARN.replace("eu-west-1", "us-east-1"), KEY_ARN.rpartition("/")[2]])
    def test_a_key_can_decrypt(
        self, stack: Stack, backend: S3StateBackend, shop: Stack, dns: Stack, key_id: str
    ) -> None:
        self.plan(backend, shop, dns, kms_key_id=key_id)
        via_s3 = {"kms:ViaService": "s3.us-east-1.amazonaws.com"}
        key = KEY_ARN.replace("eu-west-1", "us-east-1")
        assert may(stack, StateAccess.PLAN, "kms:Decrypt", key, **via_s3)
        assert not may(stack, StateAccess.PLAN, "kms:Decrypt", key.replace("1a2b", "ffff"), **via_s3)

    def test_without_a_key_no_permission_is_added(
        self, app: App, stack: Stack, shop: Stack, backend: S3StateBackend
    ) -> None:
        other_stack = Stack(app, "other-state")
        other = state_backend(other_stack, bucket="acme-shared-states", kms_key_id=AWS_OWNED_KEY)
        dns = Stack(app, "dns")
        other.store(dns, "shared/dns.tfstate")
        shop.read(dns)
        backend.grant("ci", "prod/shop.tfstate", StateAccess.PLAN)
        assert "UseKeyOf" not in str(policy(stack, "state_prod_shop_plan"))

    def test_a_backend_of_another_type_needs_no_permission_in_s3(
        self, stack: Stack, backend: S3StateBackend, shop: Stack, dns: Stack
    ) -> None:
        dns.set_backend("gcs", {"bucket": "acme-states"})
        shop.read(dns)
        backend.grant("ci", "prod/shop.tfstate", StateAccess.PLAN)
        assert "ReadStates" not in str(policy(stack, "state_prod_shop_plan"))
