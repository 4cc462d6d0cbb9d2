"""The facts: what Terraform's S3 backend would use, and where each value is from. No secret is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from plainwork_core.doctor.reading import root_modules
from plainwork_core.doctor.settings import Origin
from plainwork_core.errors import InputError

if TYPE_CHECKING:
    from plainwork_core.doctor.facts import BackendFacts
    from tests.support.root_modules import RootModule


def origin(facts: BackendFacts, path: str) -> tuple[object, Origin] | None:
    found = facts.setting(path)
    return (found.value, found.origin) if found else None


def test_a_setting_has_the_value_and_the_line_of_the_block(root: RootModule) -> None:
    found = root.with_backend().facts().setting("region")
    assert found is not None
    assert found[:3] == ("region", "eu-west-1", Origin.BLOCK)
    assert found.place.endswith("main.tf:6")


def test_the_block_may_be_in_json(root: RootModule) -> None:
    root.write("cdk.tf.json", '{"terraform": {"backend": {"s3": {"bucket": "b", "key": "k"}}}}')
    assert root.facts().target == "s3://b/k"


def test_backend_config_comes_before_the_block_and_a_later_one_before_an_earlier_one(root: RootModule) -> None:
    root.with_backend().write("prod.tfbackend", 'region = "eu-west-2"\nbucket = "prod"\n')
    facts = root.facts(f"{root.directory}/prod.tfbackend", "region=eu-west-3")
    assert origin(facts, "region") == ("eu-west-3", Origin.GIVEN)
    assert origin(facts, "bucket") == ("prod", Origin.GIVEN)
    assert origin(facts, "key") == ("prod/web.tfstate", Origin.BLOCK)


def test_backend_config_in_the_environment_counts_and_is_relative_to_the_root_module(root: RootModule) -> None:
    root.with_backend(without=("key",)).write("dev.tfbackend", 'key = "dev.tfstate"')
    root.with_env(TF_CLI_ARGS_init="-input=false -backend-config=dev.tfbackend --backend-config 'region=eu-west-2'")
    assert root.facts().target == "s3://acme-state/dev.tfstate"
    assert origin(root.facts(), "region") == ("eu-west-2", Origin.GIVEN)


def test_nested_arguments_are_settings_with_paths(root: RootModule) -> None:
    root.with_backend(endpoints={"s3": "http://localhost:1"}, assume_role={"role_arn": "arn:aws:iam::1:role/x"})
    facts = root.facts('endpoints={sts="http://localhost:2"}')
    assert facts.text("assume_role.role_arn") == "arn:aws:iam::1:role/x"
    assert facts.within("endpoints") == {"sts": "http://localhost:2"}


@pytest.mark.parametrize(
    ("path", "variables", "value"),
    [
        ("region", {"AWS_REGION": "eu-west-2", "AWS_DEFAULT_REGION": "eu-west-3"}, "eu-west-2"),
        ("region", {"AWS_DEFAULT_REGION": "eu-west-3"}, "eu-west-3"),
        ("profile", {"AWS_PROFILE": "dev"}, "dev"),
        ("endpoints.s3", {"AWS_ENDPOINT_URL": "http://a", "AWS_ENDPOINT_URL_S3": "http://b"}, "http://b"),
    ],
)
def test_the_environment_sets_what_is_not_configured(
    root: RootModule, path: str, variables: dict[str, str], value: str
) -> None:
    root.with_backend(without=("region",)).with_env(**variables)
    assert origin(root.facts(), path) == (value, Origin.ENVIRONMENT)
    root.with_backend(region="us-east-1", profile="block", endpoint="http://block")
    assert (origin(root.facts(), path) or ("", Origin.BLOCK))[1] is Origin.BLOCK


def test_the_cache_completes_a_partial_block_only(root: RootModule) -> None:
    root.with_backend(without=("bucket",)).with_cache(bucket="cached", profile="cached")
    assert origin(root.facts(), "bucket") == ("cached", Origin.CACHE)
    assert root.facts().omitted == ()
    root.with_backend()
    assert origin(root.facts(), "profile") is None


def test_a_partial_block_without_a_cache_omits_arguments(root: RootModule) -> None:
    facts = root.with_backend(without=("bucket", "key")).facts()
    assert facts.omitted == ("bucket", "key")
    assert facts.target == ""


def test_the_state_of_a_workspace_has_its_prefix(root: RootModule) -> None:
    root.with_backend().write(".terraform/environment", "dev")
    assert root.facts().target == "s3://acme-state/env:/dev/prod/web.tfstate"
    root.with_backend(workspace_key_prefix="ws").with_env(TF_WORKSPACE="test")
    assert root.facts().target == "s3://acme-state/ws/test/prod/web.tfstate"


def test_the_data_directory_may_be_elsewhere(root: RootModule) -> None:
    root.with_backend().write("data/environment", "dev").with_env(TF_DATA_DIR="data")
    assert root.facts().workspace == "dev"


def test_a_profile_is_made_of_both_files_and_shows_no_secret(root: RootModule) -> None:
    root.with_aws("config", "[default]\nregion=eu-west-1\n[profile dev] # comment\nregion = eu-west-2 ; comment\n")
    root.with_aws("credentials", "[dev]\naws_access_key_id = AKIA1\naws_secret_access_key = hunter2\n")
    profiles = root.with_backend().facts().aws.profiles
    assert profiles["default"].settings == {"region": "eu-west-1"}
    assert profiles["dev"].settings == {
        "region": "eu-west-2",
        "aws_access_key_id": "(sensitive)",
        "aws_secret_access_key": "(sensitive)",
    }


def test_a_profile_without_its_word_is_no_profile(root: RootModule) -> None:
    aws = root.with_aws("config", "[dev]\nregion=eu-west-1\n").with_backend().facts().aws
    assert aws.profiles == {}
    assert list(aws.unprefixed) == ["dev"]


def test_the_token_of_a_profile_is_that_of_its_session(root: RootModule) -> None:
    root.with_aws("config", "[profile dev]\nsso_session = acme\n[sso-session acme]\nsso_region = eu-west-1\n")
    root.with_token("acme", expiresAt="2026-01-31T11:00:00Z")
    aws = root.with_backend().facts().aws
    token = aws.token_of(aws.profiles["dev"])
    assert token is not None
    assert token.expires.hour == 11
    assert "hunter2" not in repr(aws)


def test_the_environment_shows_no_secret(root: RootModule) -> None:
    root.with_backend().with_env(
        AWS_SECRET_ACCESS_KEY="hunter2",
        AWS_SESSION_TOKEN="hunter2",
        AWS_ACCESS_KEY_ID="hunter2",
        TF_VAR_password="hunter2",
        TF_TOKEN_app_terraform_io="hunter2",
        AWS_SSE_CUSTOMER_KEY="hunter2",
        AWS_WEB_IDENTITY_TOKEN_FILE="/token",
    )
    environment = root.facts().environment
    assert "hunter2" not in environment.values()
    assert environment["AWS_WEB_IDENTITY_TOKEN_FILE"] == "/token"


def test_a_credential_in_the_block_is_not_shown(root: RootModule) -> None:
    found = root.with_backend(secret_key="hunter2").facts().setting("secret_key")
    assert found is not None
    assert (found.value, found.shown) == ("hunter2", "(sensitive)")


@pytest.mark.parametrize(
    ("name", "text", "version"),
    [
        (".terraform-version", "1.9.8\n", "1.9.8"),
        (".terraform-version", "latest:^1.9\n", ""),
        (".tool-versions", "nodejs 20.1.0\nterraform 1.8.0\n", "1.8.0"),
        ("../.terraform-version", "v1.7.1", "1.7.1"),
    ],
)
def test_a_version_is_pinned_by_a_file(root: RootModule, name: str, text: str, version: str) -> None:
    assert root.with_backend().write(name, text).facts().versions.pinned == version


def test_the_region_of_a_provider_may_be_a_variable(root: RootModule) -> None:
    root.with_backend('---provider "aws" {\n region = var.region\n}')
    root.write("variables.tf", 'variable "region" {\n default = "eu-west-2"\n}')
    assert [(provider.name, provider.region) for provider in root.facts().providers] == [("aws", "eu-west-2")]


def test_resources_are_not_read(root: RootModule) -> None:
    root.with_backend().write("broken.tf", 'resource "aws_s3_bucket" "x" {')
    assert root.facts().problems == ()


RESOURCES = 'resource "aws_s3_bucket" "x" {\n  bucket = "x"\n}\n' * 3000


@pytest.mark.parametrize(
    "more",
    [
        "",
        'resource "x" "y" {\n  text = <<EOT\nterraform {\n}\nEOT\n}\n',
        "/*\nterraform {\n}\n*/\n",
        "  locals { a = 1 }\n",
        'variable "x" {\ntype = object({\n})\n}\n',
    ],
    ids=["formatted", "heredoc", "comment", "one-line", "unformatted"],
)
def test_a_large_file_has_the_same_backend_as_a_small_one(root: RootModule, more: str) -> None:
    block = root.with_backend().directory.joinpath("main.tf").read_text()
    small = root.write("main.tf", more + block).facts().settings
    large = root.write("main.tf", more + block + RESOURCES).facts()
    assert large.problems == ()
    assert large.settings == small


def test_another_root_module_with_the_same_state_is_found(root: RootModule) -> None:
    block = root.with_backend().directory.joinpath("main.tf").read_text()
    root.write("../copy/main.tf", block).write("../other/main.tf", block.replace("prod/web", "prod/api"))
    assert [other.location.file.rpartition("/")[0].endswith("copy") for other in root.facts().others] == [True]


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("main.tf", 'terraform {\n backend "s3" {', "syntax error"),
        ("main.tf", "t\0e\0", "binary"),
        (".terraform/environment", "\0\0\0\0", "binary"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_problem(root: RootModule, name: str, text: str, reason: str) -> None:
    problems = root.with_backend().write(name, text).facts().problems
    assert [reason in problem.reason for problem in problems] == [True]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{broken", "invalid JSON"),
        ('{"backend": {"type": 1}}', "not the backend"),
        ("[]", "not the backend"),
        (" " * 2_000_000, "larger than 1 MiB"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_a_cache_that_cannot_be_read_is_told_apart(root: RootModule, text: str, reason: str) -> None:
    facts = root.with_backend().write(".terraform/terraform.tfstate", text).facts()
    assert facts.broken_cache is not None
    assert reason in facts.broken_cache.reason
    assert facts.problems == ()


def test_a_path_without_terraform_is_an_error(root: RootModule) -> None:
    with pytest.raises(InputError, match=r"no \*\.tf"):
        root_modules(root.directory)
    with pytest.raises(InputError, match="does not exist"):
        root_modules(root.directory / "none")


def test_the_root_modules_below_a_directory_are_found(root: RootModule) -> None:
    root.write("stacks/a/cdk.tf.json", "{}").write("b/main.tf", "").write(".terraform/modules/c/main.tf", "")
    root.write("node_modules/d/main.tf", "")
    root.directory.joinpath(".terraform").rename(root.directory / ".other")
    assert [path.name for path in root_modules(root.directory)] == ["b", "a"]
