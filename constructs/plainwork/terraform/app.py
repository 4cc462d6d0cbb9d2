"""Apps: stacks that are synthesized together."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from plainwork.errors import PlainworkError
from plainwork.terraform.addresses import naming_scope, stacks_of
from plainwork.terraform.outputs import replaced_as_a_whole, write_lines
from plainwork.terraform.provider import Requirement
from plainwork.terraform.reference_check import check_references
from plainwork.terraform.target import PROGRAMS, Target
from plainwork.tree import App as TreeApp
from plainwork.tree import TerraformStack, configuration, written
from plainwork_core.errors import shorten_tracebacks
from plainwork_core.text import enumeration


class App(TreeApp):
    """The root of all stacks; `app.synth()` writes a directory for each stack.

    The output is reproducible: it contains no absolute path, no time, and no version except CDKTF's own in
    `manifest.json`, which the `cdktf` command reads.

    Args:
        outdir: the directory for the output, which is created immediately. The default is `CDKTF_OUTDIR`, which the
            `cdktf` command sets, or else `cdktf.out`.
        target: the program that runs the stacks, `terraform` or `opentofu`: what only the other one has is rejected.
        required_providers: what all stacks require of each provider, by its local name: the version constraint of a
            provider of `hashicorp`, `{"aws": "~> 5.100"}`, or `source` and `version` as Terraform spells them,
            `{"github": {"source": "integrations/github"}}`, where no `version` is no constraint. Without an entry,
            `Provider` requires `~> 6.0` of the AWS provider.

    Raises:
        PlainworkError: the target is another one, `SYNTH_HCL_OUTPUT` is set, or the directory cannot be created.
    """

    checks_references = True

    def __init__(
        self,
        outdir: str | Path | None = None,
        *,
        target: Target = "terraform",
        required_providers: Mapping[str, Requirement] | None = None,
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
            PlainworkError: a check of a construct, an aspect or an annotation rejects a stack.
        """
        outdir = Path(self.outdir)
        stacks = {stack.node.id: stack for stack in stacks_of(self)}
        with replaced_as_a_whole(outdir):
            for name, config in written(self, stacks):
                check_references(stacks[name], config)
                write_lines(outdir, name, naming_scope(stacks[name]).registry.lines)


def synthesize(stack: TerraformStack) -> dict[str, Any]:
    """Return the configuration of one stack in Terraform's JSON syntax, as `app.synth()` writes it.

    Raises:
        UndefinedReferenceError: see `App.synth`.
        PlainworkError: see `App.synth`.
    """
    config = configuration(stack)
    check_references(stack, config)
    return config
