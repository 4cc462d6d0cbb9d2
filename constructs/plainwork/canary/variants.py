"""The variants of a canary: `stable` and one or more canary variants, each with a target and a percentage."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from plainwork.canary.percent import percent_problems, weights_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plainwork.references import Reference

STABLE, CANARY = "stable", "canary"
_NAME = re.compile(r"[a-z][a-z0-9]*")


class Variants(NamedTuple):
    """The targets by variant, stable first, and the percentage of each canary variant.

    Attributes:
        targets: what the variants forward to or answer with; the stable variant is first.
        percents: percentages of traffic by canary variant.
    """

    targets: dict[str, Any]
    percents: dict[str, Any]

    @classmethod
    def of(cls, stable: Any, canary: Any, percent: Any) -> Variants:
        """Return the variants of the arguments of a canary.

        Args:
            stable: target of the stable variant.
            canary: target of the canary variant; if `percent` is a mapping, targets by canary variant.
            percent: percentage of the canary variant, or percentages by canary variant.
        """
        if not isinstance(percent, Mapping):
            return cls({STABLE: stable, CANARY: canary}, {CANARY: percent})
        targets = canary if isinstance(canary, Mapping) else {}
        return cls({STABLE: stable, **targets}, dict(percent))

    def problems(self, steps: Any, most: int) -> Iterator[str]:
        """Yield the problems of the names and percentages.

        Args:
            steps: percentages of the deployment's steps.
            most: maximum number of variants, with the stable one.
        """
        if list(self.targets)[1:] != list(self.percents) or not self.percents:
            yield (
                "canary and percent must have the same variants, as canary={'green': green, 'red': red} and "
                f"percent={{'green': 5, 'red': 5}}: got {list(self.targets)[1:]} and {list(self.percents)}"
            )
            return
        if len(self.targets) > most:
            yield f"canary must have at most {most - 1} variants: got {len(self.percents)}"
        for name in self.percents:
            if not isinstance(name, str) or not _NAME.fullmatch(name) or name == STABLE:
                yield f"canary must have names of lowercase letters and digits other than 'stable': got {name!r}"
        yield from percent_problems(self.percents, steps)

    def weights(self, max_weight: int) -> dict[str, int | Reference]:
        """Return the weight of each variant."""
        return dict(zip(self.targets, weights_of(list(self.percents.values()), max_weight), strict=True))

    @property
    def canaries(self) -> tuple[str, ...]:
        """The names of the canary variants."""
        return tuple(self.percents)
