"""`plainwork policies new`, `test` and `pages`: the policies of a team."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

from plainwork_cli.command import Command

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_CONFIG = click.option(
    "--config",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Settings file. [default: the nearest plainwork.toml or pyproject.toml in this directory or its parents]",
)


@click.command(cls=Command)
@click.argument("name")
@click.option("--id", "id_", metavar="ID", help="Id of the policy, such as ACME_001. [default: the next number]")
@_CONFIG
def new(*, name: str, id_: str | None, config: Path | None) -> None:
    """Create a policy of your own, with HCL that fails, passes and is not evaluated.

    NAME is the slug, such as `queue-name`. The policy is in the first folder of `own_policies` in the settings; without
    that key, in `policies/`, and the key is added.
    """
    from plainwork_policies.engine import own_template  # noqa: PLC0415  --help does not need it

    if not _NAME.fullmatch(name):
        raise click.BadParameter(f"must be lower-case words joined by hyphens: got {name!r}", param_hint="NAME")
    for file in own_template.create(name, id_, config):
        click.echo(f"created {file}")
    click.echo("Change the policy and its examples, then run `plainwork policies test`.")


@click.command(cls=Command)
@click.argument("names", metavar="[POLICY]...", nargs=-1)
@_CONFIG
def test(*, names: tuple[str, ...], config: Path | None) -> None:
    """Run the examples of your own policies.

    POLICY is an id or slug; the default is all of them. Exit codes: 0 every example has the expected results; 1 a
    policy has no bad example, or an example has other results; 2 a policy or an example cannot be read.
    """
    from plainwork_policies.engine import own_examples, settings_file  # noqa: PLC0415  --help does not need them
    from plainwork_policies.engine.own_policies import available  # noqa: PLC0415  as above
    from plainwork_policies.engine.registry import by_name  # noqa: PLC0415  as above

    settings = settings_file.read(config) if config else settings_file.load()
    available(settings.own_policies)
    pairs = [(source, policy) for source in settings.own_policies for policy in source.policies()]
    if not pairs:
        raise click.UsageError("the settings have no `own_policies`; `plainwork policies new NAME` creates one")
    selected = {by_name(name, [policy for _, policy in pairs]).id for name in names}
    tested = [(source, policy) for source, policy in pairs if not names or policy.id in selected]
    found = [problem for source, policy in tested for problem in own_examples.problems(source, policy, settings)]
    for problem in found:
        click.echo(problem)
    number = f"{len(tested)} {'policy' if len(tested) == 1 else 'policies'}"
    click.echo(f"{number}: {f'{len(found)} wrong' if found else 'every example has the expected results'}")
    sys.exit(1 if found else 0)


@click.command(cls=Command)
@click.argument("directory", type=click.Path(path_type=Path))
@_CONFIG
def pages(*, directory: Path, config: Path | None) -> None:
    """Write a Markdown page for each of your own policies, and an index, to DIRECTORY."""
    from plainwork_core.files import write_files  # noqa: PLC0415  --help does not need these
    from plainwork_policies.engine import settings_file  # noqa: PLC0415  as above
    from plainwork_policies.engine.own_policies import available  # noqa: PLC0415  as above
    from plainwork_policies.report.own_pages import pages_of  # noqa: PLC0415  as above

    settings = settings_file.read(config) if config else settings_file.load()
    available(settings.own_policies)
    texts = pages_of(settings.own_policies)
    write_files({directory / name: text for name, text in texts.items()})
    click.echo(f"{directory}: {len(texts)} pages")
