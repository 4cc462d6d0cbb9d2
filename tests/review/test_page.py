"""The page, as text: what needs no browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from click.testing import Result

from plainwork_policies.review.markup import Markup, prose, tag
from tests.support.plan_documents import change, plan

Command = Callable[..., Result]
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>\u202e${x}</style>'


class Elements(HTMLParser):
    """The names and attributes of the elements of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def page(command: Command, *changes: dict[str, object]) -> str:
    done = command(plan(*changes), "--format", "html")
    assert done.exit_code == 0, done.output
    return done.output


def test_hostile_names_values_and_tags_stay_text(command: Command) -> None:
    found = page(
        command,
        change(
            "update",
            f'aws_sqs_queue.a["{HOSTILE}"]',
            {"name": "a", "tags": {"a": "b"}},
            {"name": HOSTILE, "tags": {HOSTILE: HOSTILE}},
        ),
        change("update", f'module.m["{HOSTILE}"].aws_sqs_queue.a', {"tags": {"a": "b"}}, {"tags": {HOSTILE: HOSTILE}}),
        change("delete", f'aws_dynamodb_table.a["{HOSTILE}"]', {"hash_key": HOSTILE}),
    )
    elements = Elements(found).found
    assert [name for name, _ in elements if name in ("img", "iframe", "object", "link")] == []
    assert sum(name == "script" for name, _ in elements) == 1
    assert [key for _, attributes in elements for key in attributes if key.startswith("on") or key == "style"] == []
    assert "\u202e" not in found


def test_the_page_requests_nothing(command: Command) -> None:
    elements = Elements(page(command, change("delete", "aws_kms_key.a"))).found
    policy = next(attributes["content"] for _, attributes in elements if "http-equiv" in attributes)
    assert policy
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert [
        attributes for _, attributes in elements if "src" in attributes or attributes.get("rel") == "stylesheet"
    ] == []
    links = [attributes["href"] or "" for name, attributes in elements if name == "a"]
    assert all(link.startswith(("#", "https://docs.aws.amazon.com/")) for link in links)


def test_each_reference_of_the_picture_is_on_the_page(command: Command) -> None:
    found = page(command, change("create", "aws_sqs_queue.a"), change("create", "aws_sqs_queue.b"))
    ids = set(re.findall(r'id="(change-\w+)"', found))
    assert set(re.findall(r'href="#(change-\w+)"', found)) == ids
    assert len(ids) == 2


@pytest.mark.parametrize(
    ("text", "expected"), [("a `b` c", "a <code>b</code> c"), ("a ` b", "a ` b"), ("<`&`", "&lt;<code>&amp;</code>")]
)
def test_what_is_in_backticks_is_code(text: str, expected: str) -> None:
    assert prose(text) == expected


def test_an_element_escapes_texts_and_keeps_elements() -> None:
    assert (
        tag("p", "<b>", Markup("<br>"), class_="a", hidden=True, open=False) == '<p class="a" hidden>&lt;b&gt;<br></p>'
    )
