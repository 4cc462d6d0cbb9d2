"""`@policy`: what a function becomes, and what the engine makes of its end."""

from __future__ import annotations

from contextlib import suppress

import pytest

from plainwork_core.model.stack import Location, Stack
from plainwork_core.model.stack import Resource as ModelResource
from plainwork_core.model.values import Unknown
from plainwork_policies.api import policy
from plainwork_policies.engine.runner import evaluate
from plainwork_policies.engine.settings import Settings

HIDDEN = Unknown("`var.x` has no default; check a plan")


def stack(*queues):
    return Stack(
        "main.tf",
        "hcl",
        resources=tuple(
            ModelResource(
                f"aws_sqs_queue.q{n}", "managed", "aws_sqs_queue", f"q{n}", "aws", values, Location("main.tf", n)
            )
            for n, values in enumerate(queues)
        ),
    )


def statuses(made, *queues):
    return [result.status for result in evaluate(stack(*queues), [made], Settings())]


def acme(**arguments):
    return policy("ACME_001", "queue-name", severity="low", **({"on": "aws_sqs_queue"} | arguments))


@acme()
def queue_name(queue):
    """A queue's name does not begin with its team."""
    name = queue["name"]
    if not name.string().startswith("billing-"):
        yield name.fail(f"`name` is `{name.string()}`", remedy='Begin the name with "billing-".')


def test_a_policy_of_ten_lines_passes_fails_or_is_not_evaluated():
    assert statuses(queue_name, {"name": "billing-a"}, {"name": "a"}, {"name": HIDDEN}) == [
        "passed",
        "failed",
        "not_evaluated",
    ]


def test_its_title_is_the_first_line_of_its_docstring():
    assert queue_name.title == "A queue's name does not begin with its team"


def test_an_exception_handler_does_not_turn_an_unknown_value_into_a_pass():
    @acme()
    def careless(queue):
        """Careless."""
        with suppress(Exception):
            queue["name"].string()
        yield from ()

    assert statuses(careless, {"name": HIDDEN}) == ["not_evaluated"]


def test_a_finding_before_the_unknown_value_is_kept():
    @acme()
    def two(queue):
        """Two."""
        yield queue.fail("is wrong", remedy="Mend it.")
        queue["name"].string()

    assert statuses(two, {"name": HIDDEN}) == ["failed"]


@pytest.mark.parametrize(("fifo", "expected"), [(True, ["failed"]), (False, []), (HIDDEN, ["not_evaluated"])])
def test_an_unknown_value_in_where_is_the_result(fifo, expected):
    @acme(where=lambda queue: queue["fifo_queue"].bool(default=False))
    def every_fifo(queue):
        """A FIFO queue."""
        yield queue.fail("is a FIFO queue", remedy="Remove it.")

    assert statuses(every_fifo, {"fifo_queue": fifo}) == expected


def test_other_resource_types_are_not_checked():
    assert queue_name.types == ("aws_sqs_queue",)


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"id_": "acme"}, "is not capitals and digits that end in a number"),
        ({"slug": "Queue Name"}, "is not lower-case words joined by hyphens"),
        ({"severity": "severe"}, "is not one of low, medium, high, critical"),
        ({"on": None}, "set either `on` or `subjects`"),
        ({"on": None, "subjects": Stack.managed, "where": bool}, "`where` requires `on`"),
        ({"settings": ("allowed",), "requires": "required"}, "`requires` has 'required', which is not in `settings`"),
    ],
)
def test_a_wrong_declaration_is_an_error_with_the_rule(arguments, error):
    declared = {"id_": "ACME_001", "slug": "queue-name", "severity": "low", "on": "aws_sqs_queue"} | arguments
    with pytest.raises(ValueError, match=error):
        policy(declared.pop("id_"), declared.pop("slug"), **declared)


def test_an_unsupported_parameter_is_an_error():
    with pytest.raises(ValueError, match="unsupported parameter `region`"):

        @acme()
        def wrong(queue, region):
            """Wrong."""


def test_a_policy_without_a_docstring_is_an_error():
    with pytest.raises(ValueError, match="has no docstring; its first line is the title"):

        @acme()
        def silent(_queue):
            yield from ()
