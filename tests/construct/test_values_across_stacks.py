"""`network.export(name, value)` in one stack and `shop.read(network)[name]` in another."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cdktf  # noqa: TID251  as users do
import pytest

from plainwork import App, Output, PlainworkError, Provider, Resource, Stack, Variable, synthesize
from plainwork.errors import CrossStackError, UndefinedReferenceError

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

NETWORK = "data.terraform_remote_state.network.outputs"


def stored(app: App, id_: str, **arguments: Any) -> Stack:
    """A stack with a state in a bucket."""
    stack = Stack(app, id_)
    Provider(stack, "aws", version="~> 5.100", region="eu-west-1")
    block = {"bucket": "acme-states", "key": f"prod/{id_}.tfstate", "region": "eu-west-1", **arguments}
    stack.set_backend("s3", block)
    return stack


@pytest.fixture
def network(app: App) -> Stack:
    return stored(app, "network")


@pytest.fixture
def shop(app: App) -> Stack:
    return stored(app, "shop")


@pytest.fixture
def vpc(network: Stack) -> Resource:
    return Resource(network, "aws_vpc", "main", cidr_block="10.0.0.0/16")


def remote_state(stack: Stack, name: str = "network") -> dict[str, Any]:
    found: dict[str, Any] = synthesize(stack)["data"]["terraform_remote_state"][name]
    return {argument: value for argument, value in found.items() if argument != "//"}


def test_an_export_is_an_output(network: Stack, vpc: Resource) -> None:
    network.export("vpc_id", vpc["id"], description="The VPC")
    assert synthesize(network)["output"] == {"vpc_id": {"value": "${aws_vpc.main.id}", "description": "The VPC"}}


def test_a_read_value_is_a_reference_to_the_output(network: Stack, shop: Stack, vpc: Resource) -> None:
    network.export("vpc_id", vpc["id"])
    assert shop.read(network)["vpc_id"] == f"${{{NETWORK}.vpc_id}}"


def test_an_output_can_be_read_too(network: Stack, shop: Stack, vpc: Resource) -> None:
    Output(network, "vpc_id", value=vpc["id"])
    assert shop.read(network)["vpc_id"] == f"${{{NETWORK}.vpc_id}}"


def test_both_stacks_in_hcl(network: Stack, shop: Stack, vpc: Resource, hcl_snapshot: SnapshotAssertion) -> None:
    network.export("vpc_id", vpc["id"])
    Resource(shop, "aws_security_group", "tasks", vpc_id=shop.read(network)["vpc_id"])
    assert shop == hcl_snapshot


def test_the_state_is_read_with_the_arguments_of_its_backend_that_a_reader_needs(app: App, shop: Stack) -> None:
    key_arn = "arn:aws:kms:eu-west-1:123456789012:alias/acme-states"
    role = {"role_arn": "arn:aws:iam::123456789012:role/states"}
    network = stored(
        app,
        "network",
        encrypt=True,
        kms_key_id=key_arn,
        assume_role=role,
        use_lockfile=True,
        dynamodb_table="locks",
        allowed_account_ids=["123456789012"],
    )
    network.export("zones", 3)
    shop.export("zones", shop.read(network)["zones"])
    assert remote_state(shop) == {
        "backend": "s3",
        "config": {
            "bucket": "acme-states",
            "key": "prod/network.tfstate",
            "region": "eu-west-1",
            "encrypt": True,
            "kms_key_id": key_arn,
            "assume_role": role,
        },
    }


def test_a_backend_of_another_type_is_read_with_all_its_arguments(app: App, shop: Stack) -> None:
    network = Stack(app, "network")
    network.set_backend("gcs", {"bucket": "acme-states", "prefix": "network"})
    network.export("zones", 3)
    shop.read(network)
    assert remote_state(shop) == {"backend": "gcs", "config": {"bucket": "acme-states", "prefix": "network"}}


def test_a_stack_has_one_data_source_for_each_stack_that_it_reads(network: Stack, shop: Stack, app: App) -> None:
    other = stored(app, "data-lake")
    for name in ("a", "b"):
        network.export(name, name)
        shop.export(name, shop.read(network)[name])
    other.export("c", "c")
    assert shop.read(other)["c"] == "${data.terraform_remote_state.data_lake.outputs.c}"
    assert set(synthesize(shop)["data"]["terraform_remote_state"]) == {"network", "data_lake"}


def test_a_state_of_a_bootstrap_is_read_where_it_will_be(app: App, shop: Stack) -> None:
    network = Stack(app, "network")
    network.set_backend("s3", {"bucket": "acme-states", "key": "prod/network.tfstate"}, bootstrap=True)
    network.export("zones", 3)
    shop.read(network)
    assert "backend" not in synthesize(network)["terraform"]
    assert remote_state(shop)["config"]["key"] == "prod/network.tfstate"


def test_the_manifest_has_the_order_of_deployment(app: App, network: Stack, shop: Stack) -> None:
    network.export("zones", 3)
    shop.export("zones", shop.read(network)["zones"])
    app.synth()
    stacks = json.loads(Path(app.outdir, "manifest.json").read_text())["stacks"]
    assert {id_: stack["dependencies"] for id_, stack in stacks.items()} == {"network": [], "shop": ["network"]}


class TestTypes:
    @pytest.fixture
    def read(self, network: Stack, shop: Stack) -> Any:
        """A function that exports a value and reads it at a path."""

        def read(value: Any, path: str = "it") -> str:
            network.export("it", value)
            return str.__str__(shop.read(network)[path])

        return read

    @pytest.mark.parametrize(
        ("value", "path"),
        [
            ({"id": "${aws_vpc.main.id}", "ids": ["a"]}, "it.ids[0]"),
            ("${aws_vpc.main.tags_all}", "it.Name"),
            ("${aws_vpc.main}", "it.arn"),
            ("${aws_subnet.private[*].id}", "it[0]"),
            ("${values(aws_subnet.private)[*].id}", "it[0]"),
            ("${merge(local.a, local.b)}", "it.anything.at.all"),
            (["a", 1], "it[1].unknown"),
        ],
    )
    def test_a_path_that_the_type_has_is_accepted(self, read: Any, value: Any, path: str) -> None:
        assert read(value, path) == f"${{{NETWORK}.{path}}}"

    @pytest.mark.parametrize(
        ("value", "path", "message"),
        [
            ("${aws_vpc.main.id}", "it.id", "a string has no parts"),
            ("${aws_vpc.main.enable_dns_support}", "it[0]", "a bool has no parts"),
            ("vpc-${aws_vpc.main.id}", "it[0]", "a string has no parts"),
            (443, "it[0]", "a number has no parts"),
            ({"id": "x"}, "it.name", r"no attribute `name`"),
            ({"vpc": "${aws_vpc.main}"}, "it.vpc.cidr", r"no attribute `cidr`; did you mean"),
            ("${aws_vpc.main}", "it.cidr", r"no attribute `cidr`; did you mean"),
            ("${data.aws_vpc.main.id}", "it.x", "a string has no parts"),
            ("${aws_subnet.private[*].id}", "it.id", "needs an index before it"),
            ("${aws_security_group.a.ingress}", "it[0]", "a set has no order"),
        ],
    )
    def test_a_path_that_the_type_does_not_have_is_rejected(
        self, read: Any, value: Any, path: str, message: str
    ) -> None:
        with pytest.raises(UndefinedReferenceError, match=message):
            read(value, path)


class TestSensitiveValues:
    @pytest.fixture(autouse=True)
    def database(self, network: Stack) -> Resource:
        return Resource(network, "aws_db_instance", "main", instance_class="db.t4g.micro")

    @pytest.mark.parametrize(
        "value",
        [
            "${aws_db_instance.main.password}",
            "postgres://admin:${aws_db_instance.main.password}@db",
            ["${aws_db_instance.main.password}"],
            ("${aws_db_instance.main.password}",),
            {"password": "${aws_db_instance.main.password}"},
            "${aws_db_instance.main}",
            "${sensitive(aws_db_instance.main.address)}",
        ],
    )
    def test_an_export_of_a_sensitive_value_is_sensitive_in_both_stacks(
        self, network: Stack, shop: Stack, value: Any
    ) -> None:
        network.export("it", value)
        assert synthesize(network)["output"]["it"]["sensitive"] is True
        assert shop.read(network)["it"] == f"${{sensitive({NETWORK}.it)}}"

    def test_a_part_of_a_sensitive_export_is_sensitive(self, network: Stack, shop: Stack, database: Resource) -> None:
        network.export("database", {"password": database["password"]})
        assert shop.read(network)["database.password"] == f"${{sensitive({NETWORK}.database.password)}}"

    def test_any_export_can_be_made_sensitive(self, network: Stack, shop: Stack, vpc: Resource) -> None:
        network.export("vpc_id", vpc["id"], sensitive=True)
        assert shop.read(network)["vpc_id"] == f"${{sensitive({NETWORK}.vpc_id)}}"

    @pytest.mark.parametrize(
        "value", ["${aws_db_instance.main.address}", "${nonsensitive(aws_db_instance.main.password)}"]
    )
    def test_other_values_are_not_sensitive(self, network: Stack, shop: Stack, value: str) -> None:
        network.export("it", value)
        assert "sensitive" not in synthesize(network)["output"]["it"]
        assert shop.read(network)["it"] == f"${{{NETWORK}.it}}"

    def test_a_sensitive_value_that_is_exported_again_stays_sensitive(
        self, app: App, network: Stack, shop: Stack
    ) -> None:
        network.export("it", "x", sensitive=True)
        shop.export("it", shop.read(network)["it"])
        assert stored(app, "web").read(shop)["it"] == "${sensitive(data.terraform_remote_state.shop.outputs.it)}"


class TestErrors:
    def test_a_value_that_is_not_exported(self, network: Stack, shop: Stack, vpc: Resource) -> None:
        network.export("vpc_id", vpc["id"])
        network.export("zones", 3)
        message = (
            r"stack 'network' does not export 'vpcid'; call export\('vpcid', ...\) of that stack before it is read; "
            r"it exports `vpc_id` and `zones`; did you mean `vpc_id`\?"
        )
        with pytest.raises(CrossStackError, match=message):
            shop.read(network)["vpcid"]

    def test_a_stack_that_exports_nothing(self, network: Stack, shop: Stack) -> None:
        with pytest.raises(CrossStackError, match=r"stack 'network' does not export 'vpc_id'; call .* it is read$"):
            shop.read(network)["vpc_id"]

    def test_a_stack_without_a_backend(self, app: App, shop: Stack) -> None:
        message = r"stack 'shop' cannot read stack 'network', which has no backend; call S3StateBackend.store"
        with pytest.raises(CrossStackError, match=message):
            shop.read(Stack(app, "network"))

    def test_a_backend_in_a_file_of_its_own_directory(self, app: App, shop: Stack) -> None:
        network = Stack(app, "network")
        network.set_backend("local", {"path": "network.tfstate"})
        with pytest.raises(CrossStackError, match=r"local file 'network.tfstate' .*; use an absolute path"):
            shop.read(network)

    def test_a_partial_backend_block(self, app: App, shop: Stack) -> None:
        network = Stack(app, "network")
        network.set_backend("s3", {"region": "eu-west-1"})
        with pytest.raises(CrossStackError, match=r"backend block has no `bucket` and `key`; write the complete block"):
            shop.read(network)

    def test_a_circle_of_two_stacks(self, network: Stack, shop: Stack) -> None:
        shop.read(network)
        message = r"stack 'network' cannot read stack 'shop', which depends on it \('shop' reads 'network'\)"
        with pytest.raises(CrossStackError, match=message):
            network.read(shop)

    def test_a_circle_of_three_stacks(self, app: App, network: Stack, shop: Stack) -> None:
        data = stored(app, "data")
        shop.read(data)
        data.read(network)
        with pytest.raises(CrossStackError, match=r"'shop' reads 'data' reads 'network'"):
            network.read(shop)

    def test_a_dependency_that_cdktf_declares(self, network: Stack, shop: Stack) -> None:
        shop.add_dependency(network)
        with pytest.raises(CrossStackError, match=r"depends on it"):
            network.read(shop)

    def test_the_stack_itself(self, shop: Stack) -> None:
        with pytest.raises(CrossStackError, match=r"which is itself; use the value"):
            shop.read(shop)

    def test_a_stack_of_another_app(self, shop: Stack, tmp_path: Path) -> None:
        network = stored(App(tmp_path / "other"), "network")
        with pytest.raises(CrossStackError, match=r"is in another app; use S3StateBackend.read\(stack, key\)"):
            shop.read(network)

    def test_a_backend_of_cdktf(self, app: App, shop: Stack) -> None:
        network = cdktf.TerraformStack(app, "network")
        cdktf.S3Backend(network, bucket="acme-states", key="network.tfstate")
        with pytest.raises(CrossStackError, match=r"which has no backend"):
            shop.read(network)

    def test_the_name_of_a_stack(self, shop: Stack) -> None:
        with pytest.raises(CrossStackError, match=r"cannot read 'network'; give the Stack, as in read\(network\)"):
            shop.read("network")  # type: ignore[arg-type]

    def test_a_backend_with_a_variable(self, tmp_path: Path) -> None:
        app = App(tmp_path, target="opentofu")
        network, shop = Stack(app, "network"), stored(app, "shop")
        bucket = Variable(network, "bucket", type="string", const=True).reference
        network.set_backend("s3", {"bucket": bucket, "key": "network.tfstate"})
        with pytest.raises(CrossStackError, match=r"backend contains '\$\{var.bucket\}', which only that stack"):
            shop.read(network)

    def test_a_value_of_another_stack_that_is_exported(self, shop: Stack, vpc: Resource) -> None:
        shop.export("vpc_id", vpc["id"])
        with pytest.raises(PlainworkError, match=r"declared in stack 'network': export the value there"):
            synthesize(shop)
