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
    ("versioning", "status"),
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
def test_a_state_bucket_needs_enabled_versioning(versioning, status, statuses):
    assert statuses(s3_state_bucket_unversioned, BACKEND + BUCKET % "" + versioning) == {"aws_s3_bucket.state": status}


@pytest.mark.parametrize(("enabled", "status"), [("true", "passed"), ("false", "failed"), ("var.x", "not_evaluated")])
def test_the_block_of_aws_provider_3_counts(enabled, status, statuses):
    hcl = BACKEND + BUCKET % f"versioning {{\n    enabled = {enabled}\n  }}"
    assert statuses(s3_state_bucket_unversioned, hcl) == {"aws_s3_bucket.state": status}


@pytest.mark.parametrize("backend", ["", BACKEND.replace('"state"', '"another"'), BACKEND.replace('"state"', "var.x")])
def test_a_bucket_that_no_backend_names_is_not_checked(backend, statuses):
    assert statuses(s3_state_bucket_unversioned, backend + BUCKET % "") == {}


@pytest.mark.parametrize(
    ("name", "expected"),
    [("var.name", {"aws_s3_bucket.state": "not_evaluated"}), ('"${var.environment}-logs"', {})],
)
def test_a_bucket_whose_unknown_name_may_be_the_backends_is_not_evaluated(name, expected, statuses):
    bucket = (BUCKET % "").replace('bucket = "state"', f"bucket = {name}")
    assert statuses(s3_state_bucket_unversioned, BACKEND + bucket) == expected


def test_an_unknown_name_does_not_matter_for_a_bucket_with_versioning(statuses):
    bucket = (BUCKET % "").replace('bucket = "state"', "bucket = var.name")
    hcl = BACKEND + bucket + VERSIONING % (BY_ID, '"Enabled"')
    assert statuses(s3_state_bucket_unversioned, hcl) == {"aws_s3_bucket.state": "passed"}


def test_the_bucket_of_another_stack_of_the_run_is_checked(findings_of_run):
    ((stack, message),) = findings_of_run(s3_state_bucket_unversioned, {"bootstrap": BUCKET % "", "web": BACKEND})
    assert stack == "bootstrap"
    assert message.startswith("no `aws_s3_bucket_versioning` enables versioning;")


def test_an_unknown_name_is_not_compared_with_backends_of_other_stacks(findings_of_run):
    bucket = (BUCKET % "").replace('bucket = "state"', "bucket = var.name")
    assert findings_of_run(s3_state_bucket_unversioned, {"module": bucket, "web": BACKEND}) == []


def test_the_finding_shows_the_status_and_the_address(messages):
    (message,) = messages(s3_state_bucket_unversioned, BACKEND + BUCKET % "" + VERSIONING % (BY_ID, '"Suspended"'))
    assert message.startswith("`status` of aws_s3_bucket_versioning.state is `Suspended`;")
