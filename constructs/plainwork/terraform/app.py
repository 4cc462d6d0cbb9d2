"""Apps: stacks that are synthesized together."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from plainwork._cdktf import CdktfApp, ISynthesisSession, JavaScriptError, Manifest, TerraformStack, jsii
from plainwork.checks.references import escaped, undeclared
from plainwork.errors import PlainworkError, UndefinedReferenceError
from plainwork.terraform.addresses import other_registries, stacks_of

_AS_TEXT = (
    "which takes a reference for text: write the function as Terraform does, in a string '${...}', or give it "
    "resource.get_string_attribute('...')"
)


class App(CdktfApp):
    """The root of all stacks; `app.synth()` writes a directory for each.

    The same stacks give the same bytes, on every machine: there is no absolute path and no time in what is written,
    and no version but that of CDKTF in `manifest.json`, which its command line reads.

    Args:
        outdir: where to write; by default what `CDKTF_OUTDIR` says, which the `cdktf` command sets, or `cdktf.out`.
            It is made at once.

    Raises:
        PlainworkError: `SYNTH_HCL_OUTPUT` asks for CDKTF's own HCL, or the directory cannot be made.
    """

    def __init__(self, outdir: str | Path | None = None) -> None:
        if os.environ.get("SYNTH_HCL_OUTPUT") in {"true", "1"}:
            raise PlainworkError(
                "SYNTH_HCL_OUTPUT is set, and CDKTF's own HCL loses what is in it: unset it, and run `plainwork render`"
            )
        directory = Path(outdir or os.environ.get("CDKTF_OUTDIR") or "cdktf.out")
        try:
            directory.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise PlainworkError(f"the stacks cannot be written to {directory}: {error.strerror}") from error
        super().__init__(outdir=str(directory), stack_traces=False)
        self.node.set_context("cdktfVersion", None)

    def synth(self) -> None:
        """Write every stack.

        Raises:
            UndefinedReferenceError: a stack refers to a resource that it does not declare; the message names the stack
                that does.
            PlainworkError: CDKTF's own checks, an aspect or an annotation reject a stack.
        """
        with _readable_errors():
            super().synth()
        for stack in stacks_of(self):
            _check_references(stack, _read(Path(self.outdir), stack.node.id))


def synthesize(stack: TerraformStack) -> dict[str, Any]:
    """The configuration of one stack in Terraform's JSON syntax, as `app.synth()` writes it.

    Raises:
        UndefinedReferenceError, PlainworkError: as `App.synth` does.
    """
    with TemporaryDirectory(prefix="plainwork-") as directory:
        with _readable_errors():
            stack.prepare_stack()
            stack.synthesizer.synthesize(_Session(directory))
        config = _read(Path(directory), stack.node.id)
    _check_references(stack, config)
    return config


@jsii.implements(ISynthesisSession)
class _Session:
    """What CDKTF wants to know to write one stack."""

    skip_validation = False

    def __init__(self, outdir: str) -> None:
        self._outdir = outdir
        self._manifest = Manifest("", outdir, False)  # noqa: FBT003  CDKTF's signature

    @property
    def outdir(self) -> str:
        return self._outdir

    @property
    def manifest(self) -> Manifest:
        return self._manifest


def _read(outdir: Path, stack: str) -> dict[str, Any]:
    config: dict[str, Any] = json.loads(
        (outdir / Manifest.STACKS_FOLDER / stack / "cdk.tf.json").read_text(encoding="utf-8")
    )
    return config


def _check_references(stack: TerraformStack, config: dict[str, Any]) -> None:
    homes: dict[str, list[str]] = {}
    for registry in other_registries(stack):
        for address in registry.addresses:
            homes.setdefault(address, []).append(registry.stack)
    problems = [_missing(address, user, homes.get(address, [])) for address, user in undeclared(config, homes).items()]
    problems += [
        f"{user} has {address} in a function of CDKTF's, {_AS_TEXT}" for address, user in escaped(config).items()
    ]
    if problems:
        raise UndefinedReferenceError("\n  ".join([f"stack {stack.node.id!r} cannot be synthesized:", *problems]))


def _missing(address: str, user: str, homes: list[str]) -> str:
    if not homes:
        return f"{user} refers to {address}, which no stack of the app declares"
    stacks = " and ".join(f"stack {home!r}" for home in homes)
    return (
        f"{user} refers to {address}, which {stacks} declares: make an Output of the value there, "
        'and read it here with DataSource(self, "terraform_remote_state", ...)'
    )


@contextmanager
def _readable_errors() -> Iterator[None]:
    """Show an error that CDKTF raised as ours, without the trace of its JavaScript."""
    try:
        yield
    except RuntimeError as error:
        if not isinstance(error.__cause__, JavaScriptError):
            raise
        message, _, _trace = str(error).partition("\nObject creation stack:")
        raise PlainworkError(message) from None
