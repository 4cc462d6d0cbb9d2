"""The review as one self-contained page: it requests nothing, and can be read without its script."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from pathlib import Path

from plainwork_core import __version__
from plainwork_core.text import count
from plainwork_policies.review import labels
from plainwork_policies.review.html_changes import Changes, difference_table
from plainwork_policies.review.html_parts import Parts, section
from plainwork_policies.review.links import Links
from plainwork_policies.review.markup import Markup, joined, prose, tag
from plainwork_policies.review.model import Review
from plainwork_policies.review.svg import svg

_PAGE = Path(__file__).parent / "page"
_HELP = (("/", "search"), ("j, k", "next and previous change"), ("e, c", "expand and collapse all"), ("Esc", "clear"))


def render(review: Review, links: Links | None = None) -> str:
    """Return the page."""
    style, script = (Markup((_PAGE / name).read_text(encoding="utf-8")) for name in ("style.css", "script.js"))
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'"
    )
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", f"{review.question} {review.source}"),
        tag("style", style),
    )
    body = tag(
        "body",
        tag("a", "Skip to the content", class_="skip", href="#top"),
        _decision(review),
        _toolbar(review),
        tag("p", [joined((tag("kbd", key), Markup(f" {text} "))) for key, text in _HELP], id="keys", hidden=True),
        tag("main", _sections(review, links or Links()), id="top"),
        _footer(review),
        tag("script", script),
    )
    return f"<!doctype html>\n{tag('html', head, body, lang='en')}"


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def _decision(review: Review) -> Markup:
    return tag(
        "header",
        tag("p", labels.LEVELS[review.level], class_="badge"),
        tag("h1", prose(review.question)),
        tag("p", prose(review.summary), class_="summary"),
        tag("p", f"{review.source}: {labels.counted(review)}", class_="counts"),
        [tag("p", tag("strong", "Warning: "), prose(warning)) for warning in review.warnings],
        class_=f"decision {labels.tone(review.level)}",
    )


def _toolbar(review: Review) -> Markup:
    """Return search and filters, which the script shows."""
    changes = [change for group in review.groups for change in group.changes]
    levels = sorted({change.level for change in changes})
    families = sorted({labels.family(change.type) for change in changes})
    return tag(
        "div",
        tag("label", "Search", tag("input", type="search", id="search", placeholder="address, argument or value")),
        _select("level", "Risk", [(level.name.lower(), labels.LEVELS[level]) for level in levels]),
        _select("family", "Service", [(family, family) for family in families]),
        tag("button", "Expand all", type="button", id="expand"),
        tag("button", "Collapse all", type="button", id="collapse"),
        tag("button", "Dark or light", type="button", id="theme"),
        tag("output", "", id="found", aria_live="polite"),
        id="toolbar",
        role="search",
        hidden=True,
    )


def _select(id_: str, label: str, options: list[tuple[str, str]]) -> Markup:
    every = tag("option", "all", value="")
    return tag(
        "label", label, tag("select", every, [tag("option", text, value=value) for value, text in options], id=id_)
    )


def _sections(review: Review, links: Links) -> Iterator[Markup]:
    parts = Parts(links, {change.address for group in review.groups for change in group.changes})
    changes = Changes(parts, review)
    if review.risks:
        yield section("risks", "Data, interruptions and protection", [parts.risk(risk) for risk in review.risks])
    if review.access:
        yield section("access", "Access", [parts.access(review.access)])
    if review.problems:
        yield section("findings", "Findings", parts.problems(review.problems))
    if review.steps:
        yield section("canary", "Canary", [parts.step(step) for step in review.steps])
    if review.configuration:
        yield section(
            "configuration", f"Configuration, compared with {review.base}", [difference_table(review.configuration)]
        )
    if review.picture.nodes:
        yield section("picture", "Picture", [svg(review.picture)])
    if review.groups:
        number = sum(len(group.changes) for group in review.groups)
        yield section("changes", count(number, "change"), [changes.group(group) for group in review.groups])
    if review.folded:
        yield section("folded", "Folded", [changes.folded(label, found) for label, found in labels.folded(review)])
    if others := list(_others(review, parts)):
        yield section("others", "Beside the resources", others)


def _others(review: Review, parts: Parts) -> Iterator[Markup]:
    yield from (tag("p", f"Findings: {sentence}.") for sentence in labels.other_problems(review))
    if review.quantities:
        rows = [tag("li", labels.quantity(quantity)) for quantity in review.quantities]
        yield parts.details("Billed quantities", tag("ul", rows), is_open=True)
    if review.actions:
        rows = [tag("li", tag("code", action)) for action in review.actions]
        yield parts.details(f"Actions that the apply invokes ({len(rows)})", tag("ul", rows), is_open=True)
    if review.outputs:
        yield parts.details(f"Outputs ({len(review.outputs)})", difference_table(review.outputs))
    if review.notes:
        yield tag("ul", [tag("li", prose(note)) for note in review.notes], class_="notes")


def _footer(review: Review) -> Markup:
    made_by = tag("p", f"plainwork {__version__}")
    if not review.digest:
        return tag("footer", made_by)
    version = f" of Terraform {review.terraform_version}" if review.terraform_version else ""
    base = f" Findings are compared with {review.base}." if review.base else ""
    return tag(
        "footer",
        tag("p", f"Plan{version}, SHA-256 ", tag("code", review.digest), f".{base}"),
        tag(
            "p",
            "To apply what was approved: ",
            tag("code", "terraform show -json plan.bin | sha256sum"),
            " prints the same digest.",
        ),
        made_by,
    )
