"""Apps: stacks that are synthesized together."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from plainwork._cdktf import CdktfApp, ISynthesisSession, JavaScriptError, Manifest, TerraformStack, jsii
from plainwork.errors import PlainworkError
from plainwork.terraform.addresses import naming_scope, stacks_of
from plainwork.terraform.outputs import document, replaced_as_a_whole, write_lines
from plainwork.terraform.reference_check import check_references
from plainwork.terraform.target import PROGRAMS, Target
from plainwork_core.errors import shorten_tracebacks
from plainwork_core.text import enumeration


class App(CdktfApp):
    """The root of all stacks; `app.synth()` writes a directory for each stack.

    The output is reproducible: it contains no absolute path, no time, and no version except CDKTF's own in
    `manifest.json`, which the `cdktf` command reads.

    Args:
        outdir: the directory for the output, which is created immediately. The default is `CDKTF_OUTDIR`, which the
            `cdktf` command sets, or else `cdktf.out`.
        target: the program that runs the stacks, `terraform` or `opentofu`: what only the other one has is rejected.
        required_providers: the version constraint of providers of `hashicorp` in all stacks, by name:
            `{"aws": "~> 5.100"}`. Without one, `Provider` requires `~> 6.0` of the AWS provider.

    Raises:
        PlainworkError: the target is another one, `SYNTH_HCL_OUTPUT` is set, or the directory cannot be created.
    """

    checks_references = True

    def __init__(
        self,
        outdir: str | Path | None = None,
        *,
        target: Target = "terraform",
        required_providers: Mapping[str, str] | None = None,
    ) -> None:
        if target not in PROGRAMS:
            raise PlainworkError(f"target must be {enumeration(PROGRAMS, 'or', mark='')} (value {target!r})")
        if os.environ.get("SYNTH_HCL_OUTPUT") in {"true", "1"}:
            raise PlainworkError(
                "SYNTH_HCL_OUTPUT is set, but CDKTF's own HCL lacks the arguments; unset it and run `plainwork render`"
            )
        directory = Path(outdir or os.environ.get("CDKTF_OUTDIR") or "cdktf.out")
        try:
            directory.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise PlainworkError(f"the output directory {directory} cannot be created: {error.strerror}") from error
        super().__init__(outdir=str(directory), stack_traces=False)
        shorten_tracebacks()
        self.node.set_context("cdktfVersion", None)
        self.target = target
        self.required_providers = dict(required_providers or {})

    def synth(self) -> None:
        """Write every stack. If one has an error, the files of the previous synthesis remain as they are.

        The files of a stack that the app no longer has are removed.

        Raises:
            UndefinedReferenceError: a stack refers to a resource that it does not declare; the message names the
                stacks that declare it.
            PlainworkError: a check of CDKTF, an aspect or an annotation rejects a stack.
        """
        outdir = Path(self.outdir)
        with replaced_as_a_whole(outdir):
            with _readable_errors():
                super().synth()
            for stack in stacks_of(self):
                check_references(stack, _read(outdir, stack.node.id))
                write_lines(outdir, stack.node.id, naming_scope(stack).registry.lines)


def synthesize(stack: TerraformStack) -> dict[str, Any]:
    """Return the configuration of one stack in Terraform's JSON syntax, as `app.synth()` writes it.

    Raises:
        UndefinedReferenceError: see `App.synth`.
        PlainworkError: see `App.synth`.
    """
    with TemporaryDirectory(prefix="plainwork-") as directory:
        with _readable_errors():
            stack.prepare_stack()
            stack.synthesizer.synthesize(_Session(directory))
        config = _read(Path(directory), stack.node.id)
    check_references(stack, config)
    return config


@jsii.implements(ISynthesisSession)
class _Session:
    """The session of CDKTF for the synthesis of one stack."""

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
    config: dict[str, Any] = json.loads(document(outdir, stack).read_text(encoding="utf-8"))
    return config


@contextmanager
def _readable_errors() -> Iterator[None]:
    """Raise an error of CDKTF as a PlainworkError, without the stack trace of its JavaScript."""
    try:
        yield
    except RuntimeError as error:
        if not isinstance(error.__cause__, JavaScriptError):
            raise
        message, _, _trace = str(error).partition("\nObject creation stack:")
        raise PlainworkError(message) from None
