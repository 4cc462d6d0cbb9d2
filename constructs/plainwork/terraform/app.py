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
from plainwork.errors import PlainworkError, UndefinedReferenceError
from plainwork.terraform.addresses import other_registries, stacks_of
from plainwork.terraform.invalid_references import invalid_references
from plainwork.terraform.undefined_references import NAMED, declared, escaped_references, undefined_references
from plainwork_core.errors import did_you_mean
from plainwork_core.text import enumeration

_READ_THERE = (
    'create an Output of the value there, and read it here with DataSource(self, "terraform_remote_state", ...)'
)
_USE_TERRAFORM_FUNCTION = (
    "which CDKTF escapes; use Terraform's function in a string '${...}', or resource.get_string_attribute('...')"
)


class App(CdktfApp):
    """The root of all stacks; `app.synth()` writes a directory for each stack.

    The output is reproducible: it contains no absolute path, no time, and no version except CDKTF's own in
    `manifest.json`, which the `cdktf` command reads.

    Args:
        outdir: the directory for the output, which is created immediately. The default is `CDKTF_OUTDIR`, which the
            `cdktf` command sets, or else `cdktf.out`.

    Raises:
        PlainworkError: `SYNTH_HCL_OUTPUT` is set, or the directory cannot be created.
    """

    def __init__(self, outdir: str | Path | None = None) -> None:
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
        self.node.set_context("cdktfVersion", None)

    def synth(self) -> None:
        """Write every stack.

        Raises:
            UndefinedReferenceError: a stack refers to a resource that it does not declare; the message names the
                stacks that declare it.
            PlainworkError: a check of CDKTF, an aspect or an annotation rejects a stack.
        """
        with _readable_errors():
            super().synth()
        for stack in stacks_of(self):
            _check_references(stack, _read(Path(self.outdir), stack.node.id))


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
    _check_references(stack, config)
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
    config: dict[str, Any] = json.loads(
        (outdir / Manifest.STACKS_FOLDER / stack / "cdk.tf.json").read_text(encoding="utf-8")
    )
    return config


def _check_references(stack: TerraformStack, config: dict[str, Any]) -> None:
    stacks_by_address: dict[str, list[str]] = {}
    for registry in other_registries(stack):
        for address in registry.addresses:
            stacks_by_address.setdefault(address, []).append(registry.stack)
    undefined = undefined_references(config, stacks_by_address)
    known = declared(config)
    problems = [
        _undefined(address, block, stacks_by_address.get(address, []), known) for address, block in undefined.items()
    ]
    problems += dict.fromkeys(invalid_references(config))
    problems += [
        f"{block} has {address} in a function of CDKTF, {_USE_TERRAFORM_FUNCTION}"
        for address, block in escaped_references(config).items()
    ]
    if problems:
        raise UndefinedReferenceError("\n  ".join([f"stack {stack.node.id!r} cannot be synthesized:", *problems]))


def _undefined(address: str, block: str, stacks: list[str], known: set[str]) -> str:
    reference, kind = f"{block} refers to {address}", address.partition(".")[0]
    if stacks:
        named = enumeration((f"stack {stack!r}" for stack in stacks), mark="")
        return f"{reference}, which is declared in {named}: {_READ_THERE}"
    if kind not in NAMED:
        return f"{reference}, which no stack of the app declares"
    similar = did_you_mean(address, (other for other in known if other.startswith(f"{kind}.")))
    return f"{reference}, which the stack does not declare{similar}"


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
