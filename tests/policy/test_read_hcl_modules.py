"""A local module is evaluated with its caller, as Terraform evaluates it."""

import json

import pytest

from plainwork_core.model.values import Unknown
from plainwork_core.read import hcl
from plainwork_core.read.evaluation import MOST_MODULES
from plainwork_policies.arguments.argument_invalid import argument_invalid
from plainwork_policies.engine.run import run
from plainwork_policies.engine.settings import Settings

PROVIDER = 'provider "aws" {\n  region = "eu-west-1"\n}\n'
QUEUE = 'variable "name" {\n  default = "none"\n}\nresource "aws_sqs_queue" "q" {\n  name = var.name\n}\n'


def call(name, source, more=""):
    return f'module "{name}" {{\n  source = "{source}"\n  {more}\n}}\n'


@pytest.fixture
def read(tmp_path):
    """`read({"": hcl, "queue": hcl})`: the stack of the root module, with modules in folders of it."""

    def read(modules):
        for folder, text in modules.items():
            (tmp_path / folder).mkdir(parents=True, exist_ok=True)
            (tmp_path / folder / "main.tf").write_text(text, encoding="utf-8")
        return hcl.read(tmp_path)

    return read


@pytest.fixture
def names(read):
    """`names(root, queue)`: the `name` of each resource by address, without the prefix of the only call."""
    return lambda root, queue=QUEUE, **more: {
        resource.address: resource.get("name") for resource in read({"": root, "queue": queue, **more}).resources
    }


def test_a_module_has_the_arguments_of_its_call(names):
    assert names(call("a", "./queue", 'name = "orders"')) == {"module.a.aws_sqs_queue.q": "orders"}


def test_a_variable_that_the_call_does_not_set_has_its_default(names):
    assert names(call("a", "./queue")) == {"module.a.aws_sqs_queue.q": "none"}


@pytest.mark.parametrize(
    ("repeated", "expected"),
    [
        ('for_each = { x = "a", y = "b" }\n  name = each.value', {'["x"]': "a", '["y"]': "b"}),
        ('count = 2\n  name = "q-${count.index}"', {"[0]": "q-0", "[1]": "q-1"}),
        ("count = 0", {}),
    ],
)
def test_a_repeated_module_has_instances(names, repeated, expected):
    found = names(call("a", "./queue", repeated))
    assert found == {f"module.a{key}.aws_sqs_queue.q": name for key, name in expected.items()}


def test_a_module_that_is_repeated_for_an_unknown_is_evaluated_once(read):
    root = 'variable "n" {}\n' + call("a", "./queue", "for_each = var.n\n  name = each.key")
    (queue,) = read({"": root, "queue": QUEUE}).resources
    assert (queue.address, queue.may_be_absent) == ("module.a.aws_sqs_queue.q", True)
    assert queue.get("name").reason == "`each.key` differs between instances; check a plan"


@pytest.mark.parametrize(
    ("nullable", "expected"), [("", None), ("nullable = false", "none"), ("nullable = true", None)]
)
def test_null_is_a_value_of_a_variable_that_may_be_null(names, nullable, expected):
    queue = QUEUE.replace('"none"', f'"none"\n  {nullable}')
    assert names(call("a", "./queue", "name = null"), queue) == {"module.a.aws_sqs_queue.q": expected}


OUTPUT = 'output "it" {\n  value = %s\n}\n'
SUBNETS = 'resource "aws_subnet" "s" {\n  for_each = toset(["a", "b"])\n  cidr_block = each.key\n}\n'


@pytest.mark.parametrize(
    ("value", "text", "expected"),
    [
        ("aws_sqs_queue.q.name", "module.a.it", "none"),
        ("{ for k, s in aws_subnet.s : k => s.cidr_block }", 'module.a.it["b"]', "b"),
        ("[for s in aws_subnet.s : s.cidr_block]", "length(module.a.it)", 2),
        ("path.module", "module.a.it", "queue"),
        ("path.root", "module.a.it", "."),
    ],
)
def test_an_output_has_the_value_in_the_module(read, value, text, expected):
    root = call("a", "./queue") + f'resource "aws_x" "x" {{\n  it = {text}\n}}\n'
    stack = read({"": root, "queue": QUEUE + SUBNETS + OUTPUT % value})
    assert stack.resource("aws_x.x").get("it") == expected


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ('module.a["x"].it', 'module.a["x"].aws_sqs_queue.q.arn'),
        ("[for one in module.a : one.it][0]", 'module.a["x"].aws_sqs_queue.q.arn'),
        ('module.a["x"].other', 'module.a["x"].other'),
        ('module.a["x"]', 'module.a["x"]'),
    ],
)
def test_an_unknown_output_names_what_it_refers_to(read, text, reference):
    root = call("a", "./queue", 'for_each = toset(["x"])') + f'resource "aws_x" "x" {{\n  it = {text}\n}}\n'
    stack = read({"": root, "queue": QUEUE + OUTPUT % "aws_sqs_queue.q.arn"})
    assert stack.resource("aws_x.x").get("it").references == (reference,)


@pytest.mark.parametrize("hidden", ["sensitive = true", "ephemeral = true"])
def test_a_sensitive_output_is_unknown(read, hidden):
    root = call("a", "./queue") + 'resource "aws_x" "x" {\n  it = module.a.it\n}\n'
    found = read({"": root, "queue": QUEUE + OUTPUT % f"var.name\n  {hidden}"}).resource("aws_x.x").get("it")
    assert found == Unknown("`module.a.it` is sensitive or ephemeral; check a plan", ("module.a.it",))


WEST = 'provider "aws" {\n  alias = "west"\n}\n'


@pytest.mark.parametrize(
    ("root", "block", "key"),
    [
        (call("a", "./queue"), "", "aws"),
        (call("a", "./queue", "providers = { aws = aws.west }"), "", "aws.west"),
        (call("a", "./queue", "providers = { aws.here = aws.west }"), "provider = aws.here", "aws.west"),
        (call("a", "./queue"), 'provider = aws.own\n}\nprovider "aws" {\n  alias = "own"', "module.a:aws.own"),
    ],
)
def test_a_module_has_the_providers_of_its_caller_or_its_own(read, root, block, key):
    queue = f'resource "aws_sqs_queue" "q" {{\n  {block}\n}}\n'
    stack = read({"": PROVIDER + WEST + root, "queue": queue})
    assert stack.managed("aws_sqs_queue")[0].provider_key == key
    assert stack.provider_of(stack.managed("aws_sqs_queue")[0]).key == key


def test_a_provider_that_the_call_does_not_pass_is_unknown(read):
    stack = read({"": call("a", "./queue"), "queue": 'resource "aws_sqs_queue" "q" {\n  provider = aws.x\n}\n'})
    assert stack.resources[0].provider_key == Unknown("`module.a` passes no provider `aws.x`; check a plan")


def test_modules_are_nested(names):
    inner = {"inner": QUEUE}
    outer = 'variable "name" {}\n' + call("b", "../inner", 'name = "x-${var.name}"')
    found = names(call("a", "./queue", 'name = "y"'), outer, **inner)
    assert found == {"module.a.module.b.aws_sqs_queue.q": "x-y"}


def test_a_resource_has_the_calls_that_lead_to_it(read, tmp_path):
    stack = read({"": PROVIDER + call("a", "./queue"), "queue": call("b", "../inner"), "inner": QUEUE})
    (queue,) = stack.resources
    found = [(location.file, location.line) for location in (*queue.calls, queue.location)]
    assert found == [
        (str(tmp_path / "main.tf"), 4),
        (str(tmp_path / "queue/main.tf"), 1),
        (str(tmp_path / "inner/main.tf"), 4),
    ]


@pytest.mark.parametrize(
    ("modules", "evaluated"),
    [
        ({"": call("a", "./missing")}, False),
        ({"": call("a", "terraform-aws-modules/vpc/aws")}, False),
        ({"": call("a", "./broken"), "broken": "{"}, False),
        ({"": call("a", "./queue"), "queue": call("b", "../queue")}, True),
        ({"": 'variable "s" {}\nmodule "a" {\n  source = var.s\n}\n'}, False),
        ({"": call("a", "./queue"), "queue": QUEUE}, True),
    ],
)
def test_a_call_says_whether_its_module_is_evaluated(read, modules, evaluated):
    outer, *inner = read(modules).module_calls
    assert outer.is_evaluated is evaluated
    assert not any(one.is_evaluated for one in inner)


def test_a_module_of_a_registry_is_evaluated_where_init_installed_it(tmp_path, names):
    installed = {"Modules": [{"Key": "a", "Source": "x/queue/aws", "Dir": ".terraform/modules/a"}]}
    (tmp_path / ".terraform/modules/a").mkdir(parents=True)
    (tmp_path / ".terraform/modules/modules.json").write_text(json.dumps(installed))
    (tmp_path / ".terraform/modules/a/main.tf").write_text(QUEUE)
    assert names(call("a", "x/queue/aws")) == {"module.a.aws_sqs_queue.q": "none"}


def test_what_is_off_by_default_is_evaluated_too(names):
    root = PROVIDER + 'variable "on" {\n  default = false\n}\n' + call("a", "./queue", "count = var.on ? 1 : 0")
    assert names(root) == {"module.a.aws_sqs_queue.q": "none"}


def test_what_a_call_turns_off_is_absent(names):
    queue = QUEUE.replace('"q" {', '"q" {\n  count = var.name == "none" ? 0 : 1')
    assert names(call("a", "./queue") + call("b", "./queue", 'name = "x"'), queue) == {
        "module.b.aws_sqs_queue.q[0]": "x"
    }


def test_a_module_is_checked_with_its_callers_and_alone_where_none_calls_it(read, tmp_path):
    read({"": "", "app": PROVIDER + call("a", "../queue"), "queue": QUEUE, "other": QUEUE})
    done = run([tmp_path], [argument_invalid], Settings())
    found = sorted(resource.address for result in done.stacks for resource in result.stack.resources)
    assert found == ["aws_sqs_queue.q", "module.a.aws_sqs_queue.q"]
    assert done.modules_not_evaluated == ()


def test_modules_that_multiply_end_in_a_limit(read):
    doubled = "".join(call(f"m{number}", "../l{next}", "count = 1000") for number in range(2))
    levels = {f"l{level}": doubled.replace("{next}", str(level + 1)) for level in range(4)}
    stack = read({"": call("a", "./l0", "count = 1000"), **levels, "l4": QUEUE})
    assert len(stack.resources) <= MOST_MODULES


DATA = """
data "aws_region" "r" {}
data "aws_partition" "p" {}
data "aws_caller_identity" "c" {}
data "aws_default_tags" "t" {}
resource "aws_x" "x" {
  it = %s
}
"""
KNOWING = """
provider "aws" {
  region = "cn-north-1"
  allowed_account_ids = ["111122223333"]
  default_tags {
    tags = { Owner = "a" }
  }
}
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("data.aws_region.r.name", "cn-north-1"),
        ("data.aws_region.r.region", "cn-north-1"),
        ("data.aws_partition.p.partition", "aws-cn"),
        ("data.aws_partition.p.dns_suffix", "amazonaws.com.cn"),
        ("data.aws_partition.p.reverse_dns_prefix", "cn.com.amazonaws"),
        ("data.aws_caller_identity.c.account_id", "111122223333"),
        ('data.aws_default_tags.t.tags["Owner"]', "a"),
    ],
)
@pytest.mark.parametrize("folder", ["", "inner"])
def test_a_data_source_that_the_provider_determines_is_known(read, folder, text, expected):
    stack = read(
        {"": KNOWING, folder: (KNOWING if not folder else "") + DATA % text}
        | ({"": KNOWING + call("m", "./inner")} if folder else {})
    )
    assert stack.managed("aws_x")[0].get("it") == expected


@pytest.mark.parametrize("provider", ["", 'provider "aws" {\n  region = var.region\n}\n'])
@pytest.mark.parametrize("text", ["data.aws_region.r.name", "data.aws_partition.p.partition", "data.aws_region.r.id"])
def test_a_data_source_of_an_unknown_region_is_unknown(read, provider, text):
    found = read({"": provider + DATA % text}).managed("aws_x")[0].get("it")
    assert found.references == (text,)
