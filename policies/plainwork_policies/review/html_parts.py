"""The parts of the page about risks, access, findings and canaries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from plainwork_core.model.blocks import Location
from plainwork_core.text import count
from plainwork_policies.report.notes import MAX_LISTED
from plainwork_policies.review import labels
from plainwork_policies.review.links import Links
from plainwork_policies.review.markup import Markup, joined, prose, tag
from plainwork_policies.review.model import Access, FoundProblem, Risk, Step

_MAX_OPEN = 20


def section(id_: str, title: str, content: Iterable[Markup]) -> Markup:
    """Return a section of the page."""
    return tag("section", tag("h2", title), joined(content), id=id_)


def code(text: str) -> Markup:
    """Return an address as code, which can be broken after each dot."""
    return tag(
        "code",
        [
            Markup("<wbr>") if part == "\0" else part
            for part in text.replace(".", ".\0").replace("\0", "\1\0\1").split("\1")
        ],
    )


class Parts:
    """Makes the parts.

    Args:
        links: has the address of a line of code.
        changed: the addresses of the changes on the page.
    """

    def __init__(self, links: Links, changed: Collection[str]) -> None:
        self._links, self._changed = links, changed

    def place(self, place: Location | None) -> Markup | None:
        """Return file and line, as a link if the repository has an address."""
        text, url = labels.place(place), self._links.url(place)
        if not text:
            return None
        return tag("a", text, href=url, class_="place", rel="noreferrer") if url else tag("span", text, class_="place")

    def details(self, title: str, content: Markup, *, is_open: bool = False) -> Markup:
        """Return content that can be folded."""
        return tag("details", tag("summary", title), content, open=is_open)

    def risk(self, risk: Risk) -> Markup:
        """Return a card for a risk."""
        what = " ".join(filter(None, (risk.cause, risk.effect)))
        link = tag("a", "AWS on this", href=risk.link, rel="noreferrer") if risk.link else None
        way_back = tag("p", prose(risk.way_back), class_="way") if risk.way_back else None
        badge, title = tag("span", labels.LEVELS[risk.level], class_="badge"), tag("span", risk.title)
        return tag(
            "article",
            tag("p", badge, " ", tag("span", self._addresses(risk.addresses)), " ", title, class_="head"),
            tag("p", prose(what), " ", link),
            way_back,
            class_=f"card {labels.tone(risk.level)}",
            data_level=risk.level.name.lower(),
        )

    def step(self, step: Step) -> Markup:
        """Return a card for what the plan does to a canary."""
        also = [tag("li", prose(other)) for other in step.also]
        gate = tag("p", "Apply only while the alarm ", tag("code", step.gate), " is OK.") if step.gate else None
        return tag(
            "article",
            tag(
                "p",
                tag("span", step.status.lower(), class_="badge"),
                " ",
                tag("strong", f"{step.name} {step.message}"),
                class_="head",
            ),
            tag("ul", also) if also else None,
            gate,
            class_=f"card {'good' if step.is_ok else 'warn'}",
        )

    def access(self, access: Sequence[Access]) -> Markup:
        """Return the access diff as a table."""
        rows = [self._access(line) for line in access]
        head = tag("tr", [tag("th", name, scope="col") for name in ("", "Principal", "What", "Where")])
        table = tag("div", tag("table", tag("thead", head), tag("tbody", rows)), class_="wide")
        if len(rows) <= _MAX_OPEN:
            return table
        gained = sum(line.change == "gained" for line in access)
        return self.details(f"{gained} gained, {len(access) - gained} lost or unknown", table, is_open=False)

    def _access(self, line: Access) -> Markup:
        tone = {"gained": "danger" if line.is_opened else "warn", "lost": "good"}.get(line.change, "calm")
        return tag(
            "tr",
            tag("td", tag("span", line.label, class_="badge")),
            tag("td", code(line.principal)),
            tag("td", line.text),
            tag("td", self._address(line.address), " ", self.place(line.place)),
            class_=f"row {tone}",
        )

    def problems(self, problems: Sequence[FoundProblem]) -> Iterator[Markup]:
        """Yield the findings, and at the end the folded list of what is not evaluated."""
        unevaluated = [problem for problem in problems if problem.status == "not_evaluated"]
        yield from (self._problem(problem) for problem in problems if problem.status != "not_evaluated")
        if unevaluated:
            rows = tag("ul", [self._unevaluated(problem) for problem in unevaluated])
            yield self.details(f"Not evaluated ({len(unevaluated)})", rows)

    def _problem(self, problem: FoundProblem) -> Markup:
        """Return a card for a finding."""
        label = "waived" if problem.status == "waived" else problem.severity
        tone = {"critical": "danger", "high": "warn"}.get(label, "calm")
        name = tag("a", problem.slug, href=problem.url, rel="noreferrer") if problem.url else problem.slug
        remedy = problem.remedy if problem.status == "failed" else ""
        return tag(
            "article",
            tag(
                "p",
                tag("span", label, class_="badge"),
                " ",
                name,
                " ",
                tag("small", problem.id),
                " ",
                self.place(problem.place),
                class_="head",
            ),
            tag("p", self._addresses(problem.addresses), ": ", prose(problem.message)),
            tag("p", prose(remedy), class_="way") if remedy else None,
            tag("p", prose(f"Waived {problem.terms}.")) if problem.terms else None,
            class_=f"card {tone}",
        )

    def _unevaluated(self, problem: FoundProblem) -> Markup:
        """Return a line for a result that is not evaluated."""
        return tag(
            "li", tag("strong", problem.slug), f" ({count(len(problem.addresses), 'block')}): ", prose(problem.message)
        )

    def _addresses(self, addresses: Sequence[str]) -> Markup:
        shown = [
            joined((Markup(", ") if index else Markup(), self._address(address)))
            for index, address in enumerate(addresses[:MAX_LISTED])
        ]
        more = f" and {len(addresses) - MAX_LISTED} more" if len(addresses) > MAX_LISTED else ""
        return joined([*shown, Markup(more)])

    def _address(self, address: str) -> Markup:
        """Return an address as code, which leads to its change if it has one on the page."""
        text = code(address)
        return tag("a", text, href=f"#{labels.anchor(address)}") if address in self._changed else text
