"""The page of a review in a real Chromium."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from plainwork_cli.main import main
from tests.support.browser import Browser, Page
from tests.support.plan_documents import change, plan

CONTRAST = (Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")
TAGS, NEW_TAGS = {"tags": {"Owner": "it"}}, {"tags": {"Owner": "platform"}}
HOSTILE = '"><script>alert(1)</script><img src=http://example.com/x onerror=alert(2)>'
pytestmark = pytest.mark.proof
Open = Callable[..., Page]


def policy(*actions: str) -> dict[str, str]:
    statement = {"Sid": "Queue", "Effect": "Allow", "Action": list(actions), "Resource": "*"}
    return {"policy": json.dumps({"Version": "2012-10-17", "Statement": [statement]})}


def rule(port: int, cidr: str) -> dict[str, Any]:
    return {"protocol": "tcp", "from_port": port, "to_port": port, "cidr_blocks": [cidr], "description": ""}


CHANGES = (
    *(change("update", f"aws_sqs_queue.q{number}", TAGS, NEW_TAGS) for number in range(40)),
    change("replace", "aws_dynamodb_table.orders", {"hash_key": "id"}, {"hash_key": "pk"}, forced_by=("hash_key",)),
    change(
        "update", "aws_security_group.web", {"ingress": [rule(22, "10.0.0.0/8")]}, {"ingress": [rule(22, "0.0.0.0/0")]}
    ),
    change("update", "aws_iam_policy.worker", policy("sqs:SendMessage"), policy("sqs:SendMessage", "sqs:*")),
    change("update", "aws_instance.web", {"user_data": "#!/bin/sh\necho a\n"}, {"user_data": "#!/bin/sh\necho b\n"}),
    change("create", "module.net.aws_nat_gateway.a[0]", None, {"connectivity_type": "public"}),
    change("delete", "module.net.aws_lb.old", {"name": "old"}),
    change("none", "aws_vpc.main", previous_address="module.net.aws_vpc.main"),
)


@pytest.fixture
def page(tab: Page) -> Open:
    """`page(*changes)`: the review of a plan, open in a tab."""

    def open_(*changes: dict[str, Any], on: Page = tab) -> Page:
        Path("plan.json").write_text(json.dumps(plan(*(changes or CHANGES))), encoding="utf-8")
        done = CliRunner().invoke(main, ["review", "plan.json", "--format", "html=review.html"])
        assert done.exit_code == 0, done.output
        on.open(Path("review.html"))
        return on

    return open_


def visible(page: Page, selector: str) -> list[str]:
    """The texts of the elements that are visible without scrolling, at least with their first line."""
    return list(
        page.run(
            f"[...document.querySelectorAll({selector!r})].filter(one => one.checkVisibility() && "
            "one.getBoundingClientRect().top + 20 < innerHeight).map(one => one.innerText)"
        )
    )


def shown(page: Page) -> list[str]:
    """The addresses of the changes that are not filtered."""
    changes = "[...document.querySelectorAll('.change:not([hidden])')]"
    return list(page.run(f"{changes}.map(one => one.querySelector('code').textContent)"))


def select(page: Page, **values: str) -> float:
    """Set the search and the filters, and return the milliseconds until the page is laid out."""
    steps = [f"document.getElementById({id_!r}).value = {value!r};" for id_, value in values.items()]
    changed = "document.getElementById('level').dispatchEvent(new Event('change'));"
    return float(page.run(timed(f"{''.join(steps)} {changed}")))


def timed(script: str) -> str:
    laid_out = "document.body.offsetHeight; return performance.now() - start;"
    return f"(() => {{ const start = performance.now(); {script} {laid_out} }})()"


def test_the_decision_and_the_worst_change_are_on_the_first_screen(page: Open) -> None:
    found = page()
    (decision,) = visible(found, ".decision")
    assert "Approve the loss of data?" in decision
    assert "Replaces 1 DynamoDB table that cannot come back" in decision
    assert "40 tag changes" in decision
    first = visible(found, ".card")[0]
    assert "aws_dynamodb_table.orders" in first
    assert "Forced by hash_key: id -> pk." in first


def test_tag_changes_are_folded_and_can_be_opened(page: Open) -> None:
    found = page()
    assert len(shown(found)) == 6
    titles = "[...document.querySelectorAll('#folded > details:not([open]) > summary')].map(one => one.innerText)"
    assert found.run(titles) == ["Tags only (40)", "Moved (1)"]
    found.run("document.querySelector('#folded summary').click()")
    assert found.run(titles) == ["Moved (1)"]
    assert found.run("document.querySelector('#folded .folds > li').checkVisibility()")


def test_search_shows_the_changes_with_all_words(page: Open) -> None:
    found = page()
    found.press("/")
    found.type("ingress 0.0.0.0/0")
    time.sleep(0.3)
    assert shown(found) == ["aws_security_group.web"]
    assert found.run("document.getElementById('found').innerText") == "1 of 6 changes"
    found.press("Escape")
    assert len(shown(found)) == 6


def test_filters_by_risk_and_by_service(page: Open) -> None:
    found = page()
    select(found, level="loss")
    assert shown(found) == ["aws_dynamodb_table.orders"]
    select(found, level="", family="iam")
    assert shown(found) == ["aws_iam_policy.worker"]


def test_keys_go_through_the_changes_and_fold_them(page: Open) -> None:
    found = page()
    current = "document.querySelector('.current code').textContent"
    found.press("j")
    first = found.run(current)
    found.press("j", "j", "k")
    assert found.run(current) == shown(found)[1]
    assert first == shown(found)[0]
    found.press("c")
    assert found.run("document.querySelectorAll('.change[open]').length") == 0
    found.press("Enter")
    assert found.run("document.querySelectorAll('.change[open]').length") == 1
    found.press("e")
    assert found.run("document.querySelectorAll('.change:not([open])').length") == 0


def test_a_key_in_the_search_is_a_letter(page: Open) -> None:
    found = page()
    found.press("/", "e", "j")
    assert found.run("document.getElementById('search').value") == "ej"
    assert found.run("document.querySelector('.current')") is None


def test_a_box_of_the_picture_leads_to_its_change(page: Open) -> None:
    found = page()
    box = "[...document.querySelectorAll('svg a')].find(one => one.textContent.includes('worker'))"
    found.run(f"{box}.dispatchEvent(new MouseEvent('click', {{bubbles: true}}))")
    time.sleep(0.3)
    assert found.run("document.querySelector('.current code').textContent") == "aws_iam_policy.worker"


@pytest.mark.parametrize("dark", [False, True])
def test_each_text_has_the_contrast_of_wcag_aa(page: Open, tab: Page, *, dark: bool) -> None:
    tab.emulate(dark=dark)
    found = page()
    found.press("e")
    assert found.run(CONTRAST) == []


def test_the_button_changes_the_colors(page: Open) -> None:
    found = page()
    background = "getComputedStyle(document.body).backgroundColor"
    before = found.run(background)
    found.run("document.getElementById('theme').click()")
    assert found.run(background) != before
    assert found.run(CONTRAST) == []


def test_the_page_makes_no_request_and_no_error(page: Open) -> None:
    found = page()
    found.press("e", "j", "c")
    urls = [event["request"]["url"] for event in found.events("Network.requestWillBeSent")]
    assert [url for url in urls if not url.startswith("file:///") or not url.endswith("/review.html")] == []
    assert found.events("Log.entryAdded") == []
    assert found.events("Runtime.exceptionThrown") == []


def test_hostile_names_values_and_tags_stay_text(page: Open) -> None:
    found = page(
        change("update", f'aws_sqs_queue.a["{HOSTILE}"]', {"name": "a"}, {"name": HOSTILE}),
        change("update", f'module.m["{HOSTILE}"].aws_sqs_queue.a', {"tags": {"a": "b"}}, {"tags": {HOSTILE: HOSTILE}}),
    )
    assert found.events("Page.javascriptDialogOpening") == []
    assert [
        event["request"]["url"]
        for event in found.events("Network.requestWillBeSent")
        if "example.com" in event["request"]["url"]
    ] == []
    assert HOSTILE in found.run("document.querySelector('.change').innerText").replace("\n", "")


def test_it_can_be_read_without_its_script(page: Open, tab: Page) -> None:
    tab.disable_scripts()
    page()
    tab.send("Emulation.setScriptExecutionDisabled", value=False)
    assert tab.run("document.getElementById('toolbar').checkVisibility()") is False
    assert any("aws_dynamodb_table.orders" in text for text in visible(tab, ".card"))
    assert tab.run("document.querySelectorAll('.change').length") == 6


@pytest.mark.parametrize("width", [360, 768])
def test_a_narrow_screen_needs_no_horizontal_scrolling(browser: Browser, page: Open, width: int) -> None:
    narrow = browser.page(width, 740)
    page(on=narrow)
    narrow.press("e")
    assert narrow.run("document.documentElement.scrollWidth") <= width
    assert any("aws_dynamodb_table.orders" in text for text in visible(narrow, ".card"))
    narrow.close()


def test_paper_has_no_controls(page: Open) -> None:
    found = page()
    found.emulate(paper=True)
    assert found.run("document.getElementById('toolbar').checkVisibility()") is False
    assert found.run(CONTRAST) == []


def test_the_picture_fits_on_paper(browser: Browser, page: Open) -> None:
    narrow = browser.page(720, 1000)
    narrow.emulate(paper=True)
    found = page(on=narrow)
    width = "document.querySelector('svg').getBoundingClientRect().right"
    assert found.run(width) <= 720
    narrow.close()


def test_two_thousand_changes_stay_usable(page: Open) -> None:
    changes = [
        change(
            "update", f"module.m{number % 40}.aws_sqs_queue.q{number}", {"name": f"a{number}"}, {"name": f"b{number}"}
        )
        for number in range(2_000)
    ]
    started = time.monotonic()
    found = page(*changes)
    assert time.monotonic() - started < 20
    assert select(found, search="q1999") < 1_500
    assert shown(found) == ["module.m39.aws_sqs_queue.q1999"]
    assert select(found, search="") < 1_500
    key = "document.body.dispatchEvent(new KeyboardEvent('keydown', {{key: {!r}, bubbles: true}}));"
    assert found.run(timed(key.format("j"))) < 500
    assert found.run("document.querySelector('.current code').textContent") == "module.m0.aws_sqs_queue.q0"
    assert found.run(timed(key.format("e"))) < 3_000
    assert found.events("Runtime.exceptionThrown") == []
