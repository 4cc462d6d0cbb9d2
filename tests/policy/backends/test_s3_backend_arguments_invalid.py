import pytest

from plainwork_policies.backends.s3_backend_arguments_invalid import s3_backend_arguments_invalid

BACKEND = 'terraform {\n  backend "s3" {\n    bucket = "state"\n    key = "prod/web.tfstate"\n    %s\n  }\n}\n'
ADDRESS = "terraform.backend.s3"
ROLE = "arn:aws:iam::123456789012:role/state"


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ('workspace_key_prefix = "/env"', "failed"),
        ('workspace_key_prefix = "env/"', "failed"),
        ('workspace_key_prefix = "env/eu"', "passed"),
        ("workspace_key_prefix = var.prefix", "not_evaluated"),
        ('kms_key_id = "alias/state"\nsse_customer_key = "MDEy"', "failed"),
        ('kms_key_id = "alias/state"\nsse_customer_key = var.key', "not_evaluated"),
        ('kms_key_id = "alias/state"', "passed"),
        ('shared_credentials_file = "a"\nshared_credentials_files = ["a"]', "failed"),
        ('assume_role = { session_name = "ci" }', "failed"),
        (f'assume_role = {{ role_arn = "{ROLE}" }}', "passed"),
        ("assume_role = var.role", "not_evaluated"),
        ('assume_role_with_web_identity = { session_name = "ci" }', "failed"),
        ("use_lokfile = true", "failed"),
        ('argument_of_a_newer_terraform = "x"', "passed"),
        ("", "passed"),
    ],
)
def test_terraform_init_accepts_the_arguments(arguments, status, statuses):
    assert statuses(s3_backend_arguments_invalid, BACKEND % arguments) == {ADDRESS: status}


@pytest.mark.parametrize(
    ("key", "status"),
    [
        ('"prod/web.tfstate"', "passed"),
        ('"/prod/web.tfstate"', "failed"),
        ('"prod/web/"', "failed"),
        ('"prod//web.tfstate"', "failed"),
        ("var.key", "not_evaluated"),
    ],
)
def test_terraform_init_accepts_the_slashes_of_the_key(key, status, statuses, messages):
    hcl = (BACKEND % "").replace('"prod/web.tfstate"', key)
    assert statuses(s3_backend_arguments_invalid, hcl) == {ADDRESS: status}
    if status == "failed":
        assert messages(s3_backend_arguments_invalid, hcl)[0].startswith(f"`key` is `{key[1:-1]}`, which ")


@pytest.mark.parametrize(("version", "status"), [("~> 1.9.0", "failed"), (">= 1.9", "passed"), ("~> 1.11", "passed")])
def test_a_lock_file_requires_terraform_1_10(version, status, statuses):
    hcl = BACKEND % "use_lockfile = true" + f'terraform {{\n  required_version = "{version}"\n}}\n'
    assert statuses(s3_backend_arguments_invalid, hcl) == {ADDRESS: status}


@pytest.mark.parametrize("name", ["lock_tags", "state_tags"])
def test_the_arguments_of_opentofu_are_no_misspelled_ones(name, statuses):
    argument = f'{name} = {{ Owner = "platform" }}'
    assert statuses(s3_backend_arguments_invalid, BACKEND % argument) == {ADDRESS: "passed"}
