"""The tree of constructs: plain Python, or CDKTF's in a program that imports it. Both have the same members."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from constructs import Construct as ConstructOfCdktf

import plainwork.tree
from plainwork import App, Construct, Output, PlainworkError, Provider, Resource, Stack, synthesize
from plainwork.tree import is_of_cdktf


@pytest.fixture(params=["plain", "cdktf"], autouse=True)
def runtime(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "plain":
        monkeypatch.setattr(plainwork.tree, "RUNTIMES", ())
    return str(request.param)


@pytest.fixture
def app(tmp_path: Path, runtime: str) -> App:
    app = App(tmp_path / "out")
    assert is_of_cdktf(app) is (runtime == "cdktf")
    return app


class Service(Construct):
    """A construct of a user, whose arguments are in an order of its own."""

    def __init__(self, name: str, *, stack: Construct) -> None:
        super().__init__(stack, name)
        self.queue = Resource(self, "aws_sqs_queue", tags={"Name": name})


def test_a_construct_has_the_class_of_the_user_and_that_of_its_runtime(app: App, runtime: str) -> None:
    service = Service("orders", stack=Stack(app, "web"))
    assert isinstance(service, Service)
    assert isinstance(service, ConstructOfCdktf) is (runtime == "cdktf")
    assert type(service).__name__ == "Service"


def test_the_place_in_the_tree(app: App) -> None:
    stack = Stack(app, "web")
    service = Service("orders", stack=stack)
    node = service.queue.node
    assert (node.id, node.path) == ("aws_sqs_queue", "web/orders/aws_sqs_queue")
    assert node.scope is service
    assert node.root is app
    assert node.scopes == [app, stack, service, service.queue]
    assert service.node.children == [service.queue]
    assert service.node.find_all() == [service, service.queue]
    assert stack.node.find_child("orders") is service
    assert stack.node.try_find_child("none") is None
    assert service.to_string() == "web/orders"
    assert Stack.of(service.queue) is stack
    assert (Stack.is_stack(stack), Stack.is_stack(service), App.is_app(app)) == (True, False, True)
    assert Construct.is_construct(service)


def test_the_address_of_a_construct_is_that_of_constructs(app: App) -> None:
    stack = Stack(app, "web")
    node = Construct(Construct(stack, "Default"), "a/b").node
    assert (node.id, node.path) == ("a--b", "web/Default/a--b")
    assert node.addr == "c88dced9bd409a2fecc1e5abe41ee036526358bed4"


def test_a_removed_construct_is_not_in_the_stack(app: App) -> None:
    stack = Stack(app, "web")
    Service("orders", stack=stack)
    assert stack.node.try_remove_child("orders")
    assert not stack.node.try_remove_child("orders")
    assert "resource" not in synthesize(stack)


def test_context_is_inherited(app: App) -> None:
    app.node.set_context("stage", "dev")
    node = Construct(Stack(app, "web"), "orders").node
    node.set_context("size", 2)
    assert [node.try_get_context(key) for key in ("stage", "size", "none")] == ["dev", 2, None]
    assert app.node.try_get_context("size") is None
    assert node.get_context("stage") == "dev"


def test_a_resource_has_the_references_of_cdktf(app: App) -> None:
    queue = Service("orders", stack=Stack(app, "web")).queue
    assert (queue.terraform_resource_type, queue.friendly_unique_id) == ("aws_sqs_queue", "orders")
    Output(queue.cdktf_stack, "arn", value=queue.get_string_attribute("arn"))
    assert synthesize(queue.cdktf_stack)["output"]["arn"]["value"] == "${aws_sqs_queue.orders.arn}"


def test_an_override_of_a_stack_is_in_its_metadata(app: App) -> None:
    stack = Stack(app, "web")
    Provider(stack, "aws", region="eu-west-1")
    stack.add_override("terraform.required_version", None)
    stack.add_override("terraform.experiments", ["example"])
    stack.add_override("provider.aws", [{"region": "eu-west-2"}])
    config = synthesize(stack)
    assert sorted(config["terraform"]) == ["experiments", "required_providers"]
    assert [provider["region"] for provider in config["provider"]["aws"]] == ["eu-west-1", "eu-west-2"]
    assert config["//"]["metadata"]["overrides"] == {"stack": ["terraform", "provider"]}


def test_a_dependency_is_in_the_manifest(app: App) -> None:
    network, web = Stack(app, "network"), Stack(app, "web")
    web.add_dependency(network)
    web.add_dependency(network)
    app.synth()
    stacks = json.loads(Path(app.outdir, "manifest.json").read_text())["stacks"]
    assert {name: stack["dependencies"] for name, stack in stacks.items()} == {"network": [], "web": ["network"]}
    assert (web.depends_on(network), network.depends_on(web)) == (True, False)
    with pytest.raises((PlainworkError, RuntimeError), match="depend"):
        network.add_dependency(web)


def test_a_validation_rejects_the_stack(app: App) -> None:
    stack = Stack(app, "web")
    plainwork.tree.add_validation(stack, lambda: ["`web` is not ready"])
    with pytest.raises(PlainworkError, match=r"(?s)Validation failed .*\[web\] `web` is not ready"):
        app.synth()
