import pytest

from plainwork_policies.arguments.sqs_visibility_timeout_short import sqs_visibility_timeout_short

STACK = """
resource "aws_sqs_queue" "q" {{
  {queue}
}}
resource "aws_lambda_function" "f" {{
  function_name = "f"
  {function}
}}
resource "aws_lambda_alias" "live" {{
  name             = "live"
  function_name    = aws_lambda_function.f.function_name
  function_version = {version}
}}
resource "aws_lambda_event_source_mapping" "m" {{
  event_source_arn = {source}
  function_name    = {target}
}}
"""


def hcl(
    queue="",
    function="",
    source="aws_sqs_queue.q.arn",
    target="aws_lambda_function.f.arn",
    version="aws_lambda_function.f.version",
):
    return STACK.format(queue=queue, function=function, source=source, target=target, version=version)


def visibility(seconds):
    return f"visibility_timeout_seconds = {seconds}"


def timeout(seconds):
    return f"timeout = {seconds}"


@pytest.mark.parametrize(
    ("queue", "function", "status"),
    [
        ("", "", "passed"),
        ("", timeout(30), "passed"),
        ("", timeout(31), "failed"),
        (visibility(360), timeout(60), "passed"),
        (visibility(60), timeout(60), "passed"),
        (visibility(59), timeout(60), "failed"),
        (visibility(0), "", "failed"),
        (visibility('"59"'), timeout('"60"'), "failed"),
        (visibility("var.seconds"), timeout(60), "not_evaluated"),
        (visibility(60), timeout("var.seconds"), "not_evaluated"),
    ],
)
def test_messages_stay_invisible_until_the_function_ends(queue, function, status, statuses):
    assert statuses(sqs_visibility_timeout_short, hcl(queue, function)) == {"aws_lambda_event_source_mapping.m": status}


@pytest.mark.parametrize(
    "target", ["aws_lambda_function.f.arn", "aws_lambda_function.f.function_name", "aws_lambda_alias.live.arn", '"f"']
)
def test_the_function_is_found_by_arn_by_name_and_by_alias(target, statuses):
    found = statuses(sqs_visibility_timeout_short, hcl(function=timeout(60), target=target))
    assert found == {"aws_lambda_event_source_mapping.m": "failed"}


@pytest.mark.parametrize(
    ("version", "status"),
    [("aws_lambda_function.f.version", "failed"), ('"$LATEST"', "failed"), ('"41"', None), ("var.version", None)],
)
def test_an_alias_of_another_version_is_not_checked(version, status, statuses):
    found = statuses(
        sqs_visibility_timeout_short,
        hcl(function=timeout(60), target="aws_lambda_alias.live.arn", version=version),
    )
    assert found.get("aws_lambda_event_source_mapping.m") == status


@pytest.mark.parametrize(
    "reference",
    [
        {"source": "aws_kinesis_stream.s.arn"},
        {"source": '"arn:aws:sqs:eu-central-1:123456789012:other"'},
        {"source": "var.queue"},
        {"target": "aws_lambda_alias.other.arn"},
        {"target": "data.aws_lambda_alias.live.arn"},
        {"target": "data.aws_lambda_function.f.arn"},
        {"target": '"another"'},
    ],
)
def test_a_mapping_of_another_source_or_function_is_not_checked(reference, statuses):
    assert statuses(sqs_visibility_timeout_short, hcl(function=timeout(900), **reference)) == {}


def test_the_remedy_adds_the_batching_window(results):
    target = "aws_lambda_function.f.arn\n  maximum_batching_window_in_seconds = 20"
    (failed,) = results(sqs_visibility_timeout_short, hcl(function=timeout(60), target=target))
    assert failed.findings[0].remedy == "Set `visibility_timeout_seconds = 380` in aws_sqs_queue.q."
