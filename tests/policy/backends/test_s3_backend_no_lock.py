import pytest

from plainwork_policies.backends.s3_backend_no_lock import s3_backend_no_lock

WHOLE = 'bucket = "state"\nkey = "prod/web.tfstate"\n'
BACKEND = 'terraform {\n  backend "s3" {\n%s\n  }\n}\n'


@pytest.mark.parametrize(
    ("arguments", "verdict"),
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
def test_a_whole_block_encrypts_and_locks(arguments, verdict, verdicts):
    assert verdicts(s3_backend_no_lock, BACKEND % arguments) == {"terraform.backend.s3": verdict}


@pytest.mark.parametrize(
    ("arguments", "verdict"),
    [
        ("", "not_evaluated"),
        ('key = "prod/web.tfstate"\nencrypt = true', "not_evaluated"),
        ('bucket = "state"\nuse_lockfile = false\nencrypt = true', "not_evaluated"),
        ("encrypt = true\nuse_lockfile = true", "passed"),
        ("encrypt = false", "failed"),
    ],
)
def test_what_a_partial_block_leaves_out_is_not_evaluated(arguments, verdict, verdicts):
    assert verdicts(s3_backend_no_lock, BACKEND % arguments) == {"terraform.backend.s3": verdict}


def test_each_lack_is_a_finding_of_its_own_that_stands_at_its_argument(judged):
    (result,) = judged(s3_backend_no_lock, BACKEND % (WHOLE + "encrypt = false"))
    assert [(finding.message, finding.location.line) for finding in result.findings] == [
        ("has `encrypt = false`: Terraform does not ask S3 to encrypt the state", 5),
        ("has no lock: two runs at once overwrite each other's state", 2),
    ]


def test_the_reason_names_what_makes_the_block_partial(messages):
    assert messages(s3_backend_no_lock, BACKEND % 'bucket = "state"\nuse_lockfile = true') == [
        "the block is partial (it has no `key`): `-backend-config` gives that, and maybe more"
    ]


@pytest.mark.parametrize("hcl", ['terraform {\n  backend "local" {}\n}\n', "terraform {}\n"])
def test_another_backend_or_none_is_not_judged(hcl, verdicts):
    assert verdicts(s3_backend_no_lock, hcl + 'provider "aws" {}\n') == {}
