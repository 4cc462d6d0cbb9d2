"""What files and the environment prove: each cause with a root module that has it, and with a healthy twin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from plainwork_core.doctor.diagnosis import HEALTHY, ILL, NOT_EXAMINED

if TYPE_CHECKING:
    from tests.support.root_modules import RootModule

OWN, OTHER = "123456789012", "210987654321"
KEY = f"arn:aws:kms:eu-west-1:{OWN}:key/1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d"
ROLE = f"arn:aws:iam::{OWN}:role/terraform"
ASSUMED = {"assume_role": {"role_arn": ROLE}}
TABLE = {"use_lockfile": False, "dynamodb_table": "locks"}
MINIO, VIRGINIA = "https://minio.example.com", "https://s3.us-east-1.amazonaws.com"
LOOPBACK = {"endpoints": {"s3": "http://127.0.0.1:9000"}}


def test_a_healthy_backend_has_no_diagnosis(root: RootModule) -> None:
    examination = root.with_backend().with_cache().examination()
    assert examination.diagnoses == []
    assert examination.exit_code == HEALTHY
    assert examination.target == "s3://acme-state/prod/web.tfstate"


def test_an_advice_comes_after_a_fault_that_is_less_certain(root: RootModule) -> None:
    root.with_backend(without=("region",), encrypt=False)
    assert root.causes() == ["region-missing", "encrypt-missing"]


def test_an_advice_that_explains_the_error_comes_first(root: RootModule) -> None:
    root.with_backend(without=("region",), use_lockfile=False, dynamodb_table="locks")
    assert root.causes('Warning: The parameter "dynamodb_table" is deprecated.')[0] == "lock-table-deprecated"


@pytest.mark.parametrize(
    ("cause", "ill", "healthy"),
    [
        ("key-invalid", {"key": "/prod/web.tfstate"}, {"key": "prod/web.tfstate"}),
        ("key-invalid", {"key": "prod//web.tfstate"}, {"key": "web.tfstate"}),
        ("key-invalid", {"key": ""}, {}),
        ("prefix-invalid", {"workspace_key_prefix": "workspaces/"}, {"workspace_key_prefix": "workspaces"}),
        ("workspace-prefix-in-key", {"workspace_key_prefix": "prod"}, {"workspace_key_prefix": "pro"}),
        ("bucket-not-a-name", {"bucket": "s3://acme"}, {"bucket": "arn:aws:s3:eu-west-1:123456789012:accesspoint/a"}),
        ("bucket-not-a-name", {"bucket": "acme/states"}, {"bucket": "acme.states"}),
        ("region-invalid", {"region": "EU (Ireland)"}, {"region": "eu-west-1"}),
        ("region-invalid", {"region": "auto"}, {"region": "auto", "skip_region_validation": True}),
        ("region-invalid", {"region": "us-eastt-1"}, {"region": "us-east-9"}),
        ("endpoint-region-differs", {"endpoints": {"s3": VIRGINIA}}, {"endpoints": {"s3": MINIO}}),
        ("endpoint-incomplete", {"endpoints": {"s3": "minio:9000"}}, {"endpoints": {"s3": "http://minio:9000"}}),
        ("path-style-missing", LOOPBACK, {**LOOPBACK, "use_path_style": True}),
        ("path-style-missing", {"endpoint": "http://localhost:4566"}, {"endpoints": {"s3": MINIO}}),
        ("conditional-writes-unknown", {"endpoints": {"s3": MINIO}}, {"endpoints": {"s3": MINIO}, **TABLE}),
        ("lock-missing", {"use_lockfile": False}, TABLE),
        ("lock-table-deprecated", TABLE, {"dynamodb_table": "locks"}),
        ("encrypt-missing", {"encrypt": False}, {"encrypt": "true"}),
        ("kms-key-ignored", {"encrypt": False, "kms_key_id": "alias/state"}, {"kms_key_id": "alias/state"}),
        ("kms-key-invalid", {"kms_key_id": "state"}, {"kms_key_id": "alias/state"}),
        ("kms-key-invalid", {"kms_key_id": f"{KEY[:-36]}state"}, {"kms_key_id": KEY}),
        ("key-in-another-region", {"kms_key_id": KEY.replace("eu-west", "us-east")}, {"kms_key_id": KEY}),
        ("arguments-exclusive", {"kms_key_id": "alias/a", "sse_customer_key": "test"}, {"kms_key_id": "alias/a"}),
        ("arguments-exclusive", {"force_path_style": True, "use_path_style": True}, {"use_path_style": True}),
        ("arguments-deprecated", {"force_path_style": True}, {"use_path_style": True}),
        ("arguments-deprecated", {"endpoint": MINIO}, {"endpoints": {"s3": MINIO}}),
        ("argument-unknown", {"use_lokfile": True}, {"something_of_a_newer_terraform": True}),
        ("role-arguments-removed", {"role_arn": ROLE}, ASSUMED),
        ("role-arn-missing", {"assume_role": {"session_name": "ci"}}, ASSUMED),
        (
            "role-account-not-allowed",
            {**ASSUMED, "allowed_account_ids": [OTHER]},
            {**ASSUMED, "allowed_account_ids": [OWN]},
        ),
        (
            "role-account-not-allowed",
            {**ASSUMED, "forbidden_account_ids": [OWN]},
            {**ASSUMED, "forbidden_account_ids": [OTHER]},
        ),
        ("credentials-in-block", {"secret_key": "hunter2hunter2"}, {"secret_key": "test"}),
    ],
)
def test_an_argument_is_wrong(root: RootModule, cause: str, ill: dict[str, Any], healthy: dict[str, Any]) -> None:
    assert cause in root.with_backend(**ill).causes()
    assert cause not in root.with_backend(**healthy).causes()


def test_an_advice_does_not_make_a_backend_ill(root: RootModule) -> None:
    assert root.with_backend(encrypt=False).examination().exit_code == HEALTHY
    assert root.with_backend(use_lockfile=False).examination().exit_code == ILL


class TestCache:
    def test_of_another_object_the_state_is_migrated(self, root: RootModule) -> None:
        found = root.with_backend(key="prod/api.tfstate").with_cache().diagnosis("cache-differs")
        assert found.evidence[0].text == ("`key` is `prod/api.tfstate`, but the cached backend has `prod/web.tfstate`")
        assert found.command == "terraform init -migrate-state"
        assert "`-reconfigure` copies nothing" in found.explanation
        assert found.location is not None
        assert found.location.line == 5

    def test_of_the_same_object_nothing_is_migrated(self, root: RootModule) -> None:
        found = root.with_backend().with_cache(without=("use_lockfile",), dynamodb_table="locks")
        diagnosis = found.diagnosis("cache-differs")
        assert [evidence.text for evidence in diagnosis.evidence] == [
            "`use_lockfile` is `true`, but the cached backend has `not set`",
            "the cached backend",
        ]
        assert diagnosis.command == "terraform init -reconfigure"

    def test_of_another_environment_is_never_copied_over_it(self, root: RootModule) -> None:
        root.with_backend(without=("key",)).with_cache()
        found = root.diagnosis("cache-differs", "", "key=dev/web.tfstate")
        assert found.command == "terraform init -reconfigure"
        assert "would copy the state of the last run over it" in found.explanation

    def test_of_another_type_is_migrated(self, root: RootModule) -> None:
        assert root.with_backend().with_cache(type_="gcs").diagnosis("cache-differs").command.endswith("-migrate-state")
        root.write("main.tf", "terraform {}")
        assert "no backend block" in root.diagnosis("cache-differs").evidence[0].text

    def test_of_an_earlier_backend_config_is_not_a_difference(self, root: RootModule) -> None:
        """Only Terraform's hash of the block tells it from a removed argument."""
        assert (
            root.with_backend().with_cache(profile="ci", max_retries=3).with_aws("config", "[profile ci]").causes()
            == []
        )
        error = "Error: Backend configuration changed A change in the backend configuration has been detected"
        assert root.causes(error) == ["cache-differs"]

    def test_with_the_same_values_in_another_form_is_no_difference(self, root: RootModule) -> None:
        root.with_backend(max_retries=3, allowed_account_ids=["1", "2"])
        root.with_cache(max_retries=3, allowed_account_ids=["2", "1"], endpoints={"s3": None})
        assert root.causes("", "max_retries=3", "encrypt=true") == []

    def test_that_is_broken_is_deleted(self, root: RootModule) -> None:
        found = root.with_backend().write(".terraform/terraform.tfstate", "{broken").diagnosis("cache-unreadable")
        assert found.command.startswith("rm ")


class TestPartialBlock:
    def test_without_options_is_not_examined(self, root: RootModule) -> None:
        examination = root.with_backend(without=("bucket", "key")).write("prod.tfbackend", "").examination()
        assert examination.exit_code == NOT_EXAMINED
        assert examination.diagnoses == []
        assert examination.problems[0].reason.startswith("the block has no `bucket` and `key`; pass `--backend-config ")
        assert "prod.tfbackend" in examination.problems[0].reason

    def test_with_options_is_examined(self, root: RootModule) -> None:
        root.with_backend(without=("bucket",)).write("prod.tfbackend", 'bucket = "prod"')
        assert root.causes("", f"{root.directory}/prod.tfbackend") == []

    def test_with_a_cache_is_examined(self, root: RootModule) -> None:
        assert root.with_backend(without=("bucket",)).with_cache().examination().exit_code == HEALTHY


class TestReferences:
    def test_in_the_block_are_an_error_of_terraform(self, root: RootModule) -> None:
        block = 'terraform {\n backend "s3" {\n bucket = var.bucket\n key = "k"\n region = "eu-west-1"\n %s\n }\n}'
        found = root.write("main.tf", block % "use_lockfile = true").diagnosis("backend-references")
        assert found.evidence[0].text == "`bucket` refers to `var.bucket`"

    def test_are_valid_in_opentofu(self, root: RootModule) -> None:
        root.write(
            "main.tofu", 'terraform {\n backend "s3" {\n bucket = var.b\n key = "k"\n use_lockfile = true\n }\n}'
        )
        assert "backend-references" not in root.causes()

    def test_are_neither_true_nor_false(self, root: RootModule) -> None:
        block = root.with_backend().directory.joinpath("main.tf").read_text()
        root.write("main.tf", block.replace("= true", "= var.protected"))
        assert root.causes() == ["backend-references", "backend-references"]


class TestRegion:
    def test_of_the_environment_counts(self, root: RootModule) -> None:
        assert root.with_backend(without=("region",)).with_env(AWS_REGION="eu-west-1").causes() == []

    def test_of_a_profile_does_not_count(self, root: RootModule) -> None:
        root.with_backend(without=("region",)).with_aws("config", "[default]\nregion = eu-west-2\n")
        found = root.diagnosis("region-missing")
        assert "which the S3 backend does not read" in found.evidence[1].text
        assert found.command == 'Set `region = "eu-west-2"` in the backend block'

    def test_of_another_provider_explains_an_error_only(self, root: RootModule) -> None:
        root.with_backend('---provider "aws" {\n region = "us-east-1"\n}')
        assert root.causes() == []
        error = 'S3 bucket "acme-state" does not exist.'
        assert root.causes(error) == ["regions-differ", "bucket-missing"]


class TestProfile:
    def test_that_is_not_there(self, root: RootModule) -> None:
        root.with_backend(profile="dev").with_aws("config", "[profile development]\n[profile de]\n")
        found = root.diagnosis("profile-missing")
        assert found.evidence[0].text == "`profile` is `dev`"
        root.with_aws("credentials", "[dev]\naws_access_key_id=a\naws_secret_access_key=b\n")
        assert root.causes() == []

    def test_without_its_word_in_the_config_file(self, root: RootModule) -> None:
        root.with_backend(profile="dev").with_aws("config", "[dev]\nregion = eu-west-1\n")
        assert root.diagnosis("profile-missing").command.startswith("Write `[profile dev]` in ")

    def test_of_the_environment_must_exist_even_with_access_keys(self, root: RootModule) -> None:
        root.with_backend().with_env(AWS_PROFILE="dev", AWS_ACCESS_KEY_ID="AKIA1", AWS_SECRET_ACCESS_KEY="b")
        assert root.diagnosis("profile-missing").command == "unset AWS_PROFILE"

    def test_whose_source_is_not_there(self, root: RootModule) -> None:
        config = f"[profile dev]\nrole_arn = {ROLE}\nsource_profile = base\n"
        assert root.with_backend(profile="dev").with_aws("config", config).causes() == ["source-profile-missing"]
        root.with_aws("credentials", "[base]\naws_access_key_id=a\naws_secret_access_key=b\n")
        assert root.causes() == []

    def test_that_requires_an_mfa_code(self, root: RootModule) -> None:
        config = (
            f"[profile dev]\nrole_arn = {ROLE}\ncredential_source = Environment\nmfa_serial = arn:aws:iam::1:mfa/x\n"
        )
        assert root.with_backend(profile="dev").with_aws("config", config).causes() == ["profile-requires-mfa"]

    def test_of_the_environment_loses_against_access_keys(self, root: RootModule) -> None:
        config = "[profile dev]\nsso_session = acme\n[sso-session acme]\nsso_region = eu-west-1\n"
        root.with_backend().with_aws("config", config)
        root.with_env(AWS_PROFILE="dev", AWS_ACCESS_KEY_ID="AKIA1", AWS_SECRET_ACCESS_KEY="b")
        assert root.causes() == ["profile-not-used"]
        assert root.with_backend(profile="dev").causes() == ["credentials-sso-expired"]

    def test_is_not_examined_if_a_file_cannot_be_read(self, root: RootModule) -> None:
        root.with_backend(profile="dev").home.joinpath(".aws").mkdir()
        root.home.joinpath(".aws", "config").write_bytes(b"\xff\xfe\x00")
        examination = root.examination()
        assert examination.diagnoses == []
        assert examination.exit_code == NOT_EXAMINED


class TestSso:
    CONFIG = "[profile dev]\nsso_session = acme\n[sso-session acme]\nsso_start_url = https://acme.awsapps.com/start\n"

    @pytest.fixture
    def sso(self, root: RootModule) -> RootModule:
        return root.with_backend(profile="dev").with_aws("config", self.CONFIG)

    def test_session_without_a_token(self, sso: RootModule) -> None:
        assert sso.diagnosis("credentials-sso-expired").command == "aws sso login --profile dev"

    def test_session_with_an_expired_token(self, sso: RootModule) -> None:
        found = sso.with_token("acme", expiresAt="2026-01-31T11:59:00Z").diagnosis("credentials-sso-expired")
        assert found.evidence[1].text == "the token expired at 2026-01-31 11:59 UTC"

    def test_session_with_a_valid_token(self, sso: RootModule) -> None:
        assert sso.with_token("acme", expiresAt="2026-01-31T12:01:00Z").causes() == []

    def test_session_that_renews_itself(self, sso: RootModule) -> None:
        renewable = {"refreshToken": "r", "registrationExpiresAt": "2026-04-01T00:00:00Z"}
        assert sso.with_token("acme", expiresAt="2026-01-31T11:00:00Z", **renewable).causes() == []
        ended = {"refreshToken": "r", "registrationExpiresAt": "2026-01-01T00:00:00Z"}
        assert sso.with_token("acme", expiresAt="2026-01-31T11:00:00Z", **ended).causes() == ["credentials-sso-expired"]

    def test_session_of_the_old_form(self, root: RootModule) -> None:
        url = "https://acme.awsapps.com/start"
        root.with_backend(profile="dev").with_aws("config", f"[profile dev]\nsso_start_url = {url}\n")
        assert root.causes() == ["credentials-sso-expired"]
        assert root.with_token(url, expiresAt="2026-01-31T13:00:00UTC").causes() == []

    def test_session_whose_section_is_not_there(self, root: RootModule) -> None:
        root.with_backend(profile="dev").with_aws("config", "[profile dev]\nsso_session = acme\n")
        assert "sso-session-missing" in root.causes()


class TestCredentials:
    def test_of_a_session_without_its_token(self, root: RootModule) -> None:
        root.with_backend().with_env(AWS_ACCESS_KEY_ID="ASIA1", AWS_SECRET_ACCESS_KEY="b")
        assert root.causes() == ["session-token-missing"]
        assert root.with_env(AWS_SESSION_TOKEN="c").causes() == []

    def test_of_a_web_identity_without_its_file(self, root: RootModule) -> None:
        root.with_backend().with_env(AWS_WEB_IDENTITY_TOKEN_FILE="/none", AWS_ROLE_ARN=ROLE)
        assert root.causes() == ["web-identity-token-missing"]
        root.write("token", "x").with_env(AWS_WEB_IDENTITY_TOKEN_FILE=str(root.directory / "token"))
        assert root.causes() == []

    def test_may_come_from_an_instance(self, root: RootModule) -> None:
        """Nothing is configured on an EC2 instance with a role, and nothing is wrong."""
        assert root.with_backend().causes() == []
        assert root.causes("No valid credential sources found") == ["credentials-missing"]

    def test_of_two_kinds_of_encryption(self, root: RootModule) -> None:
        root.with_backend(kms_key_id="alias/a").with_env(AWS_SSE_CUSTOMER_KEY="x")
        assert "customer-key-and-kms-key" in root.causes()


class TestLock:
    def test_file_of_an_old_terraform(self, root: RootModule) -> None:
        assert root.with_backend().write(".terraform-version", "1.9.8").causes() == ["lockfile-unsupported"]
        assert root.write(".terraform-version", "1.10.0").causes() == []

    def test_file_excluded_by_required_version(self, root: RootModule) -> None:
        assert root.with_backend('required_version = "~> 1.9.0"').causes() == ["lockfile-unsupported"]
        assert root.with_backend('required_version = ">= 1.9"').causes() == []

    def test_table_is_not_deprecated_for_old_versions_and_opentofu(self, root: RootModule) -> None:
        root.with_backend(without=("use_lockfile",), dynamodb_table="locks").write(".terraform-version", "1.9.8")
        assert root.causes() == []
        root.directory.joinpath(".terraform-version").unlink()
        assert root.causes() == ["lock-table-deprecated"]
        root.directory.joinpath("main.tf").rename(root.directory / "main.tofu")
        assert root.causes() == []

    def test_of_another_kind_in_another_root_module(self, root: RootModule) -> None:
        block = root.with_backend().directory.joinpath("main.tf").read_text()
        root.write("../other/main.tf", block)
        root.with_backend(use_lockfile=False, dynamodb_table="locks")
        assert "lock-kinds-differ" in root.causes()
        assert "lock-kinds-differ" not in root.with_backend(dynamodb_table="locks").causes()


class TestOtherRootModules:
    def test_with_the_same_state(self, root: RootModule) -> None:
        block = root.with_backend().directory.joinpath("main.tf").read_text()
        root.write("../copy/main.tf", block)
        assert root.causes() == ["state-shared"]
        root.write("../copy/main.tf", block.replace("prod/web", "prod/api"))
        assert root.causes() == []
        root.write("../copy/main.tf", block.replace("encrypt =", 'workspace_key_prefix = "copy"\n encrypt ='))
        assert root.causes() == []

    def test_with_a_state_that_looks_like_a_workspace(self, root: RootModule) -> None:
        block = (
            root.with_backend(key="web.tfstate", workspace_key_prefix="prod").directory.joinpath("main.tf").read_text()
        )
        root.write("../eu/main.tf", block.replace('"web.tfstate"', '"prod/eu/web.tfstate"'))
        assert root.causes() == ["workspace-meets-state"]
        assert root.with_backend(key="web.tfstate", workspace_key_prefix="ws").causes() == []

    def test_in_another_repository_are_not_read(self, root: RootModule) -> None:
        block = root.with_backend().directory.joinpath("main.tf").read_text()
        root.write("../../elsewhere/main.tf", block)
        assert root.causes() == []


def test_a_workspace_of_the_environment_overrides_the_selected_one(root: RootModule) -> None:
    root.with_backend().write(".terraform/environment", "dev").with_env(TF_WORKSPACE="prod")
    assert root.causes() == ["workspace-overridden"]
    assert root.with_env(TF_WORKSPACE="dev").causes() == []


def test_an_endpoint_of_the_environment_is_shown(root: RootModule) -> None:
    root.with_backend(use_path_style=True).with_env(AWS_ENDPOINT_URL_S3="http://localhost:4566")
    assert root.causes() == ["endpoint-of-environment"]


def test_other_backends_are_not_examined(root: RootModule) -> None:
    root.write("main.tf", 'terraform {\n backend "gcs" {\n bucket = "b"\n }\n}')
    examination = root.examination()
    assert (examination.diagnoses, examination.exit_code) == ([], NOT_EXAMINED)


def test_no_diagnosis_shows_a_secret(root: RootModule) -> None:
    root.with_backend(secret_key="hunter2", access_key="hunter2", token="hunter2").with_cache(secret_key="hunter3")
    root.with_env(AWS_SECRET_ACCESS_KEY="hunter4", AWS_SESSION_TOKEN="hunter4")
    assert "hunter" not in repr(root.examination())
