import pytest

from plainwork_policies.arguments.batch_retry_unconditional import batch_retry_unconditional

HOST_LOST = 'evaluate_on_exit {\n  action = "RETRY"\n  on_status_reason = "Host EC2*"\n}\n'
OTHERS = 'evaluate_on_exit {\n  action = "EXIT"\n  on_reason = "*"\n}\n'
UNKNOWN = "evaluate_on_exit {\n  action = var.action\n  on_exit_code = 1\n}\n"
DYNAMIC = 'dynamic evaluate_on_exit {\n  for_each = var.reasons\n  content {\n    action = "RETRY"\n  }\n}\n'
FIVE = "attempts = 5\n"


def status(statuses, strategy):
    (found,) = statuses(
        batch_retry_unconditional,
        f'resource "aws_batch_job_definition" "x" {{\n  retry_strategy {{\n{strategy}}}\n}}\n',
    ).values()
    return found


@pytest.mark.parametrize(
    ("strategy", "expected"),
    [
        (FIVE + HOST_LOST, "failed"),
        (FIVE + HOST_LOST.replace("RETRY", "retry"), "failed"),
        (FIVE + HOST_LOST + HOST_LOST, "failed"),
        (FIVE + HOST_LOST + OTHERS, "passed"),
        (FIVE + OTHERS, "passed"),
        (FIVE, "passed"),
        ("attempts = 1\n" + HOST_LOST, "passed"),
        (HOST_LOST, "passed"),
        (FIVE + HOST_LOST + UNKNOWN, "not_evaluated"),
        (FIVE + UNKNOWN + OTHERS, "passed"),
        ("attempts = var.attempts\n" + HOST_LOST, "not_evaluated"),
        ("attempts = var.attempts\n" + HOST_LOST + OTHERS, "passed"),
        (FIVE + DYNAMIC, "not_evaluated"),
    ],
)
def test_conditions_of_a_retry_need_one_that_exits(strategy, expected, statuses):
    assert status(statuses, strategy) == expected


def test_a_job_definition_without_a_retry_strategy_is_not_checked(statuses):
    assert statuses(batch_retry_unconditional, 'resource "aws_batch_job_definition" "x" {\n}\n') == {}
