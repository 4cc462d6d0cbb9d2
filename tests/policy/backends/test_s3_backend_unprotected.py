import pytest

from plainwork_policies.backends.s3_backend_unprotected import s3_backend_unprotected

WHOLE = 'bucket = "state"\nkey = "prod/web.tfstate"\n'
BACKEND = 'terraform {\n  backend "s3" {\n%s\n  }\n}\n'


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (WHOLE + "encrypt = true\nuse_lockfile = true", "passed"),
        (WHOLE + 'encrypt = "true"\nuse_lockfile = "true"', "passed"),
        (WHOLE + 'encrypt = true\ndynamodb_table = "locks"', "passed"),
        (WHOLE + 'encrypt = true\nuse_lockfile = false\ndynamodb_table = "locks"', "passed"),
        (WHOLE, "failed"),
        (WHOLE + "encrypt = true", "failed"),
        (WHOLE + "use_lockfile = true", "failed"),
        (WHOLE + "encrypt = true\nuse_lockfile = false", "failed"),
        (WHOLE + 'encrypt = true\ndynamodb_table = ""', "failed"),
        (WHOLE + "encrypt = var.encrypt\nuse_lockfile = true", "not_evaluated"),
    ],
)
def test_a_complete_block_needs_encryption_and_a_lock(arguments, status, statuses):
    assert statuses(s3_backend_unprotected, BACKEND % arguments) == {"terraform.backend.s3": status}


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ("", "not_evaluated"),
        ('key = "prod/web.tfstate"\nencrypt = true', "not_evaluated"),
        ('bucket = "state"\nuse_lockfile = false\nencrypt = true', "not_evaluated"),
        ("encrypt = true\nuse_lockfile = true", "passed"),
        ("encrypt = false", "failed"),
    ],
)
def test_what_a_partial_block_omits_is_not_evaluated(arguments, status, statuses):
    assert statuses(s3_backend_unprotected, BACKEND % arguments) == {"terraform.backend.s3": status}


def test_encryption_and_lock_are_two_findings_at_their_arguments(results):
    (result,) = results(s3_backend_unprotected, BACKEND % (WHOLE + "encrypt = false"))
    encryption, lock = result.findings
    assert encryption.message.startswith("`encrypt` is `false`;")
    assert lock.message.startswith("`use_lockfile` is not set and `dynamodb_table` is not set;")
    assert (encryption.location.line, lock.location.line) == (5, 2)


@pytest.mark.parametrize(
    ("arguments", "severity", "words"),
    [
        ("use_lockfile = true", "low", "`encrypt` is not set; only the default encryption of the bucket"),
        ('use_lockfile = true\nkms_key_id = "alias/state"', "medium", "Terraform ignores `kms_key_id`"),
        ("use_lockfile = true\nkms_key_id = var.key", "medium", "Terraform ignores `kms_key_id`"),
        ("encrypt = true", None, "concurrent runs can overwrite the state"),
    ],
)
def test_only_a_missing_lock_has_the_severity_of_the_policy(arguments, severity, words, results):
    (result,) = results(s3_backend_unprotected, BACKEND % (WHOLE + arguments))
    (finding,) = result.findings
    assert finding.severity == severity
    assert words in finding.message


def test_former_slugs_are_aliases():
    assert s3_backend_unprotected.aliases == ("s3-backend-no-lock", "backend-unprotected")


def test_the_reason_names_what_makes_the_block_partial(messages):
    assert messages(s3_backend_unprotected, BACKEND % 'bucket = "state"\nuse_lockfile = true') == [
        "the backend block has no `key`; pass `--backend-config`"
    ]


@pytest.mark.parametrize("hcl", ['terraform {\n  backend "local" {}\n}\n', "terraform {}\n"])
def test_another_backend_or_none_is_not_checked(hcl, statuses):
    assert statuses(s3_backend_unprotected, hcl + 'provider "aws" {}\n') == {}
