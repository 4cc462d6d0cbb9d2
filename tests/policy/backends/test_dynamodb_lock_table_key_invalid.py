import pytest

from plainwork_policies.backends.dynamodb_lock_table_key_invalid import dynamodb_lock_table_key_invalid

BACKEND = 'terraform {\n  backend "s3" {\n    dynamodb_table = "locks"\n  }\n}\n'
TABLE = (
    'resource "aws_dynamodb_table" "locks" {\n  name = "locks"\n  hash_key = %s\n'
    "  attribute {\n    name = %s\n    type = %s\n  }\n%s}\n"
)
RIGHT = TABLE % ('"LockID"', '"LockID"', '"S"', "")


@pytest.mark.parametrize(
    ("table", "verdict"),
    [
        (RIGHT, "passed"),
        (TABLE % ('"LockId"', '"LockId"', '"S"', ""), "failed"),
        (TABLE % ('"id"', '"id"', '"S"', ""), "failed"),
        (TABLE % ('"LockID"', '"LockID"', '"N"', ""), "failed"),
        (TABLE % ('"LockID"', '"LockID"', '"S"', '  range_key = "id"\n'), "failed"),
        (TABLE % ("var.key", "var.key", '"S"', ""), "not_evaluated"),
        (TABLE % ('"LockID"', '"LockID"', "var.type", ""), "not_evaluated"),
        (TABLE % ('"LockID"', '"LockID"', '"S"', "  range_key = var.key\n"), "not_evaluated"),
    ],
)
def test_a_lock_table_is_keyed_by_lock_id_alone(table, verdict, statuses):
    assert statuses(dynamodb_lock_table_key_invalid, BACKEND + table) == {"aws_dynamodb_table.locks": verdict}


@pytest.mark.parametrize("backend", ["", BACKEND.replace("locks", "others")])
def test_any_other_table_is_no_subject(backend, statuses):
    assert statuses(dynamodb_lock_table_key_invalid, backend + RIGHT.replace("LockID", "id")) == {}


def test_the_findings_say_what_the_key_is(messages):
    table = TABLE % ('"lockid"', '"lockid"', '"S"', '  range_key = "at"\n')
    assert messages(dynamodb_lock_table_key_invalid, BACKEND + table) == [
        "has the partition key `lockid`, but Terraform locks by the string `LockID` alone",
        "has the sort key `at` too, but Terraform locks by the string `LockID` alone",
    ]


def test_the_backend_of_another_stack_of_the_run_names_it_too(findings_of_run):
    table = RIGHT.replace("LockID", "Id")
    assert [where for where, _ in findings_of_run(dynamodb_lock_table_key_invalid, {"a": table, "b": BACKEND})] == ["a"]
