import pytest

from plainwork_policies.backends.s3_state_bucket_unversioned import s3_state_bucket_unversioned

BACKEND = 'terraform {\n  backend "s3" {\n    bucket = "state"\n    key    = "prod/web.tfstate"\n  }\n}\n'
BUCKET = 'resource "aws_s3_bucket" "state" {\n  bucket = "state"\n  %s\n}\n'
VERSIONING = (
    'resource "aws_s3_bucket_versioning" "state" {\n  bucket = %s\n'
    "  versioning_configuration {\n    status = %s\n  }\n}\n"
)
BY_ID = "aws_s3_bucket.state.id"


@pytest.mark.parametrize(
    ("versioning", "verdict"),
    [
        ("", "failed"),
        (VERSIONING % (BY_ID, '"Enabled"'), "passed"),
        (VERSIONING % ("aws_s3_bucket.state.bucket", '"Enabled"'), "passed"),
        (VERSIONING % ('"state"', '"Enabled"'), "passed"),
        (VERSIONING % (BY_ID, '"Suspended"'), "failed"),
        (VERSIONING % (BY_ID, '"Disabled"'), "failed"),
        (VERSIONING % (BY_ID, "var.status"), "not_evaluated"),
        (VERSIONING % ("var.bucket", '"Enabled"'), "not_evaluated"),
        (VERSIONING % ('"another"', '"Enabled"'), "failed"),
    ],
)
def test_a_state_bucket_keeps_versions(versioning, verdict, statuses):
    assert statuses(s3_state_bucket_unversioned, BACKEND + BUCKET % "" + versioning) == {"aws_s3_bucket.state": verdict}


@pytest.mark.parametrize(("enabled", "verdict"), [("true", "passed"), ("false", "failed"), ("var.x", "not_evaluated")])
def test_the_block_of_provider_3_counts(enabled, verdict, statuses):
    hcl = BACKEND + BUCKET % f"versioning {{\n    enabled = {enabled}\n  }}"
    assert statuses(s3_state_bucket_unversioned, hcl) == {"aws_s3_bucket.state": verdict}


@pytest.mark.parametrize("backend", ["", BACKEND.replace('"state"', '"another"'), BACKEND.replace('"state"', "var.x")])
def test_a_bucket_that_no_backend_names_is_no_subject(backend, statuses):
    assert statuses(s3_state_bucket_unversioned, backend + BUCKET % "") == {}


def test_the_backend_of_another_stack_of_the_run_names_it_too(findings_of_run):
    found = findings_of_run(s3_state_bucket_unversioned, {"bootstrap": BUCKET % "", "web": BACKEND})
    assert found == [
        (
            "bootstrap",
            (
                "holds Terraform's state, and nothing in the stack enables its versioning: "
                "a state that is overwritten is lost"
            ),
        )
    ]


def test_the_finding_says_what_the_versioning_is(messages):
    assert messages(s3_state_bucket_unversioned, BACKEND + BUCKET % "" + VERSIONING % (BY_ID, '"Suspended"')) == [
        "holds Terraform's state, and its versioning is `Suspended`: a state that is overwritten is lost"
    ]
