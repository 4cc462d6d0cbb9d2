import pytest

from plainwork_policies.backends.dynamodb_lock_table_key_invalid import dynamodb_lock_table_key_invalid

BACKEND = 'terraform {\n  backend "s3" {\n    dynamodb_table = "locks"\n  }\n}\n'
TABLE = (
    'resource "aws_dynamodb_table" "locks" {\n  name = "locks"\n  hash_key = %s\n'
    "  attribute {\n    name = %s\n    type = %s\n  }\n%s}\n"
)
RIGHT = TABLE % ('"LockID"', '"LockID"', '"S"', "")


@pytest.mark.parametrize(
    ("table", "status"),
    [
        (RIGHT, "passed"),
        (TABLE % ('"LockId"', '"LockId"', '"S"', ""), "failed"),
        (TABLE % ('"id"', '"id"', '"S"', ""), "failed"),
        (TABLE % ('"LockID"', '"LockID"', '"N"', ""), "failed"),
        (TABLE % ('"LockID"', '"LockID"', '"S"', '  range_key = "id"\n'), "failed"),
        (TABLE % ("var.key", "var.key", '"S"', ""), "not_evaluated"),
        (TABLE % ('"LockID"', '"LockID"', "var.type", ""), "not_evaluated"),
        (TABLE % ('"LockID"', "var.name", '"N"', ""), "not_evaluated"),
        (TABLE % ('"LockID"', "var.name", '"S"', ""), "passed"),
        (TABLE % ('"LockID"', '"LockID"', '"S"', "  range_key = var.key\n"), "not_evaluated"),
    ],
)
def test_the_only_key_of_a_lock_table_is_the_string_lock_id(table, status, statuses):
    assert statuses(dynamodb_lock_table_key_invalid, BACKEND + table) == {"aws_dynamodb_table.locks": status}


@pytest.mark.parametrize("backend", ["", BACKEND.replace("locks", "others")])
def test_a_table_that_no_backend_names_is_not_checked(backend, statuses):
    assert statuses(dynamodb_lock_table_key_invalid, backend + RIGHT.replace("LockID", "id")) == {}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("var.name", {"aws_dynamodb_table.locks": "not_evaluated"}),
        ('"${var.environment}-locks"', {}),
        ('"lock${var.suffix}"', {"aws_dynamodb_table.locks": "not_evaluated"}),
    ],
)
def test_a_table_whose_unknown_name_may_be_the_backends_is_not_evaluated(name, expected, statuses):
    table = RIGHT.replace("LockID", "id").replace('name = "locks"', f"name = {name}")
    assert statuses(dynamodb_lock_table_key_invalid, BACKEND + table) == expected


def test_an_unknown_name_does_not_matter_for_a_table_with_the_right_key(statuses):
    table = RIGHT.replace('name = "locks"', "name = var.name")
    assert statuses(dynamodb_lock_table_key_invalid, BACKEND + table) == {"aws_dynamodb_table.locks": "passed"}


def test_the_findings_name_both_keys(messages):
    table = TABLE % ('"lockid"', '"lockid"', '"S"', '  range_key = "at"\n')
    partition_key, sort_key = messages(dynamodb_lock_table_key_invalid, BACKEND + table)
    assert partition_key.startswith("`hash_key` is `lockid`;")
    assert sort_key.startswith("`range_key` is `at`;")


def test_the_table_of_another_stack_of_the_run_is_checked(findings_of_run):
    table = RIGHT.replace("LockID", "Id")
    assert [where for where, _ in findings_of_run(dynamodb_lock_table_key_invalid, {"a": table, "b": BACKEND})] == ["a"]
