"""The measurements of one run, and the ratios of two of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tools.bench.compare import plainwork_check_command
from tools.bench.measure import Measurement, measure

FOUND_OR_NOT = (0, 1)
RUNS = 3  # the fastest counts: other load on the machine only slows a run down


@dataclass(frozen=True, slots=True)
class Ratio:
    """Two measurements, one divided by the other, and the bound of the result."""

    what: str
    value: float
    bound: float
    at_least: bool = False

    @property
    def is_kept(self) -> bool:
        """Whether the ratio keeps its bound."""
        return self.value >= self.bound if self.at_least else self.value <= self.bound


class Bench:
    """The measurements of one run, in the order in which they were made."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self._table = Table("all processes", "resources", "wall s", "CPU s", "MB")

    def measure(
        self,
        what: str,
        resources: int,
        command: list[str],
        *,
        accepted: tuple[int, ...] = (0,),
        env: dict[str, str] | None = None,
        runs: int = RUNS,
    ) -> Measurement:
        """Measure *command*, add a row to the table and return the fastest of *runs*."""
        with self.console.status(f"{what}, {resources:,} resources"):
            found = measure(command, runs=runs, accepted=accepted, env=env)
        size = f"{resources:,}" if resources else ""
        self._table.add_row(what, size, f"{found.seconds:.2f}", f"{found.cpu_seconds:.2f}", f"{found.megabytes:.0f}")
        return found

    def check(self, plan: Path, what: str, resources: int) -> Measurement:
        """Measure `plainwork check` on *plan*."""
        return self.measure(what, resources, plainwork_check_command(plan), accepted=FOUND_OR_NOT)

    def print(self, ratios: list[Ratio]) -> None:
        """Print the measurements and the ratios."""
        self.console.print(self._table)
        table = Table("ratio", "measured", "bound", "")
        for ratio in ratios:
            sign = "at least" if ratio.at_least else "at most"
            mark = "[green]kept[/]" if ratio.is_kept else "[red]not kept[/]"
            table.add_row(ratio.what, f"{ratio.value:.1f}", f"{sign} {ratio.bound:g}", mark)
        self.console.print(table)
