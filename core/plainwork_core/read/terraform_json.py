"""Reads Terraform's JSON syntax, which `cdktf synth` writes: one `cdk.tf.json` is one stack."""

from __future__ import annotations

from pathlib import Path

from plainwork_core.hcl.read.json_syntax import JsonSyntax
from plainwork_core.hcl.syntax.errors import HclError
from plainwork_core.model.stack import Stack
from plainwork_core.read.configuration import stack
from plainwork_core.read.declarations import Source, refuse
from plainwork_core.read.json_lines import load
from plainwork_core.read.text import decode, read_bytes


def read(file: Path, source: str | None = None) -> Stack:
    """Read *file* as one root module.

    Args:
        file: JSON in Terraform's syntax.
        source: how the user named it, if not by *file*.

    Raises:
        InputError: it is no JSON, has a key twice, or is not of the shape that Terraform reads.
    """
    name = source or str(file)
    return stack([parse(read_bytes(file), name)], name, "cdktf")


def parse(data: bytes, file: str) -> Source:
    """Parse the bytes of one file of Terraform's JSON syntax.

    Raises:
        InputError: see `read`.
    """
    document, lines = load(decode(data, file), file)
    try:
        return Source(file, JsonSyntax(document, lines).body())
    except HclError as error:
        refuse(file, error.line, error.message)
    except RecursionError:
        refuse(file, 1, "nested too deeply to be read")
