"""`plainwork check`: the policies on plans, HCL and CDKTF output."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from plainwork_cli.cache_dir import cache_in, cache_option
from plainwork_cli.command import INVALID, Command, InputPath
from plainwork_cli.outputs import Output, output_options, write
from plainwork_cli.selection import jobs_option, policies_of, selection_options, settings_of, source_option
from plainwork_cli.shard import check_shard, shard_option
from plainwork_cli.variables import backend_option, read_options_of, variable_options
from plainwork_core.errors import PlainworkError
from plainwork_policies.engine.severity import FAIL_ON

if TYPE_CHECKING:
    from plainwork_core.read.options import ReadOptions
    from plainwork_policies.engine.run_result import RunResult
    from plainwork_policies.engine.shard import Shard
    from plainwork_policies.stored.cache import Cache

OUTPUT = Path("cdktf.out")


@click.command(cls=Command)
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=InputPath(readable=False, path_type=Path))
@selection_options
@click.option(
    "--fail-on",
    type=click.Choice(FAIL_ON),
    help="Lowest severity of a failure that results in exit code 1, or `not-evaluated` for everything.",
)
@output_options
@backend_option
@source_option
@jobs_option
@click.option(
    "--against",
    "base",
    metavar="BASE",
    help="Fail only for findings that BASE does not have: a baseline, a saved JSON report, a plan, a directory, or a "
    "Git revision (`origin/main...` for the last common commit), whose CDKTF apps are synthesized.",
)
@variable_options
@click.option("--fix", is_flag=True, help="Apply the mechanical fixes to HCL files, and check again.")
@click.option("--diff", is_flag=True, help="Print what --fix would change instead of the report; write nothing.")
@shard_option
@cache_option
def check(
    *,
    paths: tuple[Path, ...],
    outputs: tuple[Output, ...],
    backend_config: tuple[str, ...],
    fix: bool,
    diff: bool,
    source: Path | None,
    jobs: int,
    base: str | None,
    show_unchanged: bool,
    shard: Shard | None,
    cache_dir: Path | None,
    variables: dict[str, str],
    variable_files: tuple[Path, ...],
    env_vars: bool,
    workspace: str | None,
    **options: Any,
) -> None:
    """Check Terraform plans, HCL and CDKTF output.

    PATH is the JSON of a plan (terraform show -json plan.out), a file or directory of HCL or Terraform JSON, or the
    output of CDKTF. Default: cdktf.out if it exists, otherwise the working directory.

    Exit codes: 0 no policy failed; 1 a policy failed, or with --fail-on not-evaluated a policy or module was not
    evaluated; 2 an input or a setting is invalid, or a report cannot be written. A finding on a resource that a plan
    does not change counts as well. With --fail-on high or critical, less severe failures are reported and do not count.
    """
    from plainwork_policies.engine.run_result import FAILED, PASSED, Problem, RunResult  # noqa: PLC0415  --help does not need it

    def run() -> RunResult:
        reading = read_options_of(variables, variable_files, workspace, backend_config, env_vars=env_vars)
        cache = None if fix or diff else cache_in(cache_dir)
        found = _run(Inputs(paths or (default_path(),), reading, source, jobs, shard, cache), base, options)
        if cache:
            click.echo(f"{cache.hits} of {len(found.stacks)} results are from {cache_dir}", err=True)
        return found

    try:
        if shard:
            check_shard(base=base, changes_files=fix or diff)
        done = run()
        if fix or diff:
            from plainwork_cli import fix as fixes  # noqa: PLC0415  few runs use it

            if diff:
                sys.exit(max(done.exit_code, FAILED if fixes.show_diff(done) else PASSED))
            done = fixes.apply(done, run)
    except PlainworkError as error:
        done = RunResult(unread=(Problem("", str(error)),))
    is_whole = write(done, outputs, show_unchanged=show_unchanged)
    sys.exit(done.exit_code if is_whole else INVALID)


def default_path() -> Path:
    """Return the output of CDKTF, which `render` and `canary` read too, or the working directory without it."""
    return OUTPUT if OUTPUT.is_dir() else Path()


class Inputs(NamedTuple):
    """What a run reads."""

    paths: tuple[Path, ...]
    reading: ReadOptions
    source: Path | None
    jobs: int
    shard: Shard | None
    cache: Cache | None

    @property
    def beside(self) -> dict[str, Any]:
        """The keyword arguments of `run` for them."""
        return {"source": self.source, "jobs": self.jobs, "shard": self.shard, "cache": self.cache}


def _run(inputs: Inputs, base: str | None, options: dict[str, Any]) -> RunResult:
    settings = settings_of(**options)
    policies = policies_of(settings)
    if base is None:
        from plainwork_policies.engine.run import run  # noqa: PLC0415  only a run needs it

        return run(inputs.paths, policies, settings, inputs.reading, **inputs.beside)
    from plainwork_policies.compare.against import Checked, base_at  # noqa: PLC0415  only a comparison needs these
    from plainwork_policies.compare.matching import compared  # noqa: PLC0415  as above

    checked = Checked(inputs.paths, policies, settings, inputs.reading, inputs.source, inputs.jobs, cache=inputs.cache)
    before = base_at(base, checked)
    return compared(checked.result(before), before)
