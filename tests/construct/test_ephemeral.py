from __future__ import annotations

from typing import Any

import pytest
from constructs import Construct

from plainwork import Ephemeral, Locals, Output, Provider, Resource, Stack, Variable, render, synthesize
from plainwork.errors import AddressError, ArgumentsError, MissingSchemaWarning, UndefinedReferenceError

DATABASE = {"instance_class": "db.t4g.micro", "engine": "postgres", "username": "app", "allocated_storage": 20}


def password(stack: Stack, **arguments: Any) -> Ephemeral:
    return Ephemeral(stack, "aws_secretsmanager_secret_version", "password", secret_id="app", **arguments)


def problem(stack: Stack) -> str:
    with pytest.raises(UndefinedReferenceError) as raised:
        synthesize(stack)
    return str(raised.value).splitlines()[1].strip()


def test_an_ephemeral_resource_is_a_block_of_its_own(stack: Stack) -> None:
    database = Resource(stack, "aws_db_instance", "app", **DATABASE, password_wo_version=1)
    secret = password(stack, depends_on=[database])
    assert secret.address == "ephemeral.aws_secretsmanager_secret_version.password"
    assert secret["secret_string"] == "${ephemeral.aws_secretsmanager_secret_version.password.secret_string}"
    found = synthesize(stack)["ephemeral"]["aws_secretsmanager_secret_version"]["password"]
    assert (found["secret_id"], found["depends_on"]) == ("app", ["aws_db_instance.app"])


def test_an_ephemeral_resource_inside_a_construct_is_named_after_it(stack: Stack) -> None:
    web = Construct(stack, "web")
    assert Ephemeral(web, "aws_ssm_parameter", arn="a").address == "ephemeral.aws_ssm_parameter.web"


def test_an_ephemeral_value_is_written_to_a_write_only_argument(stack: Stack) -> None:
    secret = password(stack)
    Resource(stack, "aws_db_instance", "app", **DATABASE, password_wo=secret["secret_string"], password_wo_version=1)
    text = render(synthesize(stack))
    assert 'ephemeral "aws_secretsmanager_secret_version" "password" {\n  secret_id = "app"\n}' in text
    assert "password_wo         = ephemeral.aws_secretsmanager_secret_version.password.secret_string" in text


def test_a_write_only_argument_requires_terraform_1_11(stack: Stack) -> None:
    Resource(stack, "aws_db_instance", "app", **DATABASE, password_wo="${var.password}", password_wo_version=1)
    Variable(stack, "password", type="string", ephemeral=True)
    assert synthesize(stack)["terraform"]["required_version"] == ">= 1.11"


def test_a_write_only_argument_has_no_value_to_refer_to(stack: Stack) -> None:
    database = Resource(stack, "aws_db_instance", "app", **DATABASE, password_wo="x", password_wo_version=1)
    with pytest.raises(UndefinedReferenceError, match=r"`password_wo` is write-only, so it has no value"):
        database["password_wo"]


def test_several_ephemeral_resources_have_keys(stack: Stack) -> None:
    secrets = password(stack, for_each=["a"])
    assert secrets.instance("a")["arn"].endswith('password["a"].arn}')


def test_the_arguments_are_those_of_the_ephemeral_resource(stack: Stack) -> None:
    with pytest.raises(ArgumentsError, match=r"`secret_id` is required"):
        Ephemeral(stack, "aws_secretsmanager_secret_version", "password")
    with pytest.raises(ArgumentsError, match=r"unsupported argument `secretid` .*did you mean `secret_id`"):
        Ephemeral(stack, "aws_secretsmanager_secret_version", "password", secret_id="a", secretid="b")
    with pytest.raises(ArgumentsError, match=r"unsupported argument `lifecycle.prevent_destroy`"):
        password(stack, lifecycle={"prevent_destroy": True})
    with pytest.raises(UndefinedReferenceError, match=r"no attribute `secret`"):
        password(stack)["secret"]


def test_an_unknown_type_is_not_checked(stack: Stack) -> None:
    with pytest.warns(MissingSchemaWarning, match=r"no schema for ephemeral.vault_token"):
        token = Ephemeral(stack, "vault_token", "it", role="app")
    assert token["anything"] == "${ephemeral.vault_token.it.anything}"


def test_a_duplicate_address_is_rejected(stack: Stack) -> None:
    password(stack)
    with pytest.raises(AddressError, match=r"duplicate ephemeral.aws_secretsmanager_secret_version.password in stack"):
        password(stack)


def test_an_ephemeral_resource_that_is_not_declared_is_an_error(stack: Stack) -> None:
    Locals(stack, password="${ephemeral.aws_ssm_parameter.password.value}")
    assert problem(stack).startswith("local.password refers to ephemeral.aws_ssm_parameter.password, which no stack")


def test_an_attribute_that_an_ephemeral_resource_does_not_have_is_an_error(stack: Stack) -> None:
    password(stack)
    Locals(stack, password="${ephemeral.aws_secretsmanager_secret_version.password.secret_strin}")
    assert problem(stack).endswith("no attribute `secret_strin`; did you mean `secret_string`?")


@pytest.mark.parametrize("reference", ["${ephemeral.aws_secretsmanager_secret_version.password.arn}", "${var.secret}"])
def test_an_ephemeral_value_in_an_argument_that_is_stored_is_an_error(stack: Stack, reference: str) -> None:
    password(stack)
    Variable(stack, "secret", type="string", ephemeral=True)
    Resource(stack, "aws_db_instance", "app", **DATABASE, password=f"x{reference}")
    names = reference.strip("${}")
    assert problem(stack).startswith(f"aws_db_instance.app stores {names}, which is ephemeral; use a write-only arg")


def test_an_ephemeral_value_in_a_nested_block_is_an_error(stack: Stack) -> None:
    Variable(stack, "secret", type="string", ephemeral=True)
    rule = {"name": "x", "value": "${var.secret}"}
    Resource(stack, "aws_db_parameter_group", "app", family="postgres16", parameter=[rule])
    assert problem(stack).startswith("aws_db_parameter_group.app stores var.secret, which is ephemeral")


def test_an_ephemeral_value_in_count_is_an_error(stack: Stack) -> None:
    Variable(stack, "number", type="number", ephemeral=True)
    Resource(stack, "aws_s3_bucket", "b", count="${var.number}")
    assert problem(stack) == "aws_s3_bucket.b has var.number in `count`, which must not be ephemeral"


def test_an_ephemeral_value_can_be_used_where_nothing_is_stored(stack: Stack) -> None:
    secret = password(stack)
    value = secret["secret_string"]
    Locals(stack, password=value)
    Provider(stack, "aws", secret_key=value)
    Resource(stack, "aws_db_instance", "app", **DATABASE, password="${ephemeralasnull(" + value[2:-1] + ")}")
    Resource(stack, "terraform_data", "x", connection={"password": value}, input=1)
    synthesize(stack)


def test_an_ephemeral_output_is_rejected_because_a_stack_is_a_root_module(stack: Stack) -> None:
    with pytest.raises(
        ArgumentsError, match=r"output.password: .*\n.*a stack is a root module, in which Terraform and"
    ):
        Output(stack, "password", value=password(stack)["secret_string"], ephemeral=True)


def test_an_ephemeral_value_of_an_output_is_an_error(stack: Stack) -> None:
    Output(stack, "password", value={"it": password(stack)["secret_string"]}, ephemeral=False)
    assert problem(stack).startswith("output.password is ephemeral.aws_secretsmanager_secret_version.password.secret_")
