"""The values that a user gives to the variables of a root module.

https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from plainwork_core.errors import InputError
from plainwork_core.hcl.read.evaluator import evaluate
from plainwork_core.hcl.read.json_syntax import JsonSyntax
from plainwork_core.hcl.read.references import Nowhere
from plainwork_core.hcl.syntax import nodes
from plainwork_core.hcl.syntax.errors import HclError
from plainwork_core.hcl.syntax.parser import parse, parse_value
from plainwork_core.model.values import Value
from plainwork_core.observed import observe
from plainwork_core.read.declarations import Declarations
from plainwork_core.read.json_lines import load
from plainwork_core.read.options import ReadOptions
from plainwork_core.read.text import decode, is_encrypted, read_bytes
from plainwork_core.read.variable_values import RootVariables
from plainwork_core.secrets import hidden_message

_ALWAYS = re.compile(r"(?:terraform|.*\.auto)\.tfvars(?:\.json)?")
_SUFFIXES = (".tfvars", ".tfvars.json")
_LITERAL = ("string", "number", "bool")


def root_variables(
    declarations: Declarations, directory: Path, options: ReadOptions, *, follows_defaults: bool
) -> RootVariables:
    """Return the values of the variables of a root module.

    Args:
        declarations: of the root module.
        directory: where Terraform looks for `terraform.tfvars` and `*.auto.tfvars`.
        options: of the user.
        follows_defaults: whether a variable that is not set has its default.

    Raises:
        InputError: a file that cannot be read or parsed.
    """
    variables = {
        declared.block.labels[0]: declared.block.body
        for declared in declarations.blocks.values()
        if declared.block.type == "variable"
    }
    given = _texts(options.environment, variables)
    encrypted = ""
    for file in (*_always_read(directory), *options.variable_files):
        if is_encrypted(read_bytes(file)):
            given, encrypted = {}, str(file)
        else:
            given |= _file(file)
    given |= _texts(options.variables, variables)
    elsewhere = {} if options.variable_files else _elsewhere(directory)
    return RootVariables(
        {name: value for name, value in given.items() if name in variables}, elsewhere, encrypted, follows_defaults
    )


def _always_read(directory: Path) -> list[Path]:
    """Return the files that Terraform reads without being told, in its order."""
    observe(directory)
    found = [file for file in directory.iterdir() if _ALWAYS.fullmatch(file.name)]
    return sorted(found, key=lambda file: (file.name.endswith((".auto.tfvars", ".auto.tfvars.json")), file.name))


def _elsewhere(directory: Path) -> dict[str, str]:
    """Return, by variable, a file that sets it if it is passed: in the directory, or in one below it."""
    found: dict[str, str] = {}
    for file in sorted(_others(directory)):
        try:
            found |= dict.fromkeys(_file(file), str(file))
        except InputError:
            continue
    return found


def _others(directory: Path) -> Iterator[Path]:
    for below in directory.glob("[!.]*/"):
        observe(below)
    for pattern in ("*.tfvars*", "[!.]*/*.tfvars*"):
        yield from (
            file
            for file in directory.glob(pattern)
            if file.name.endswith(_SUFFIXES) and (file.parent != directory or not _ALWAYS.fullmatch(file.name))
        )


def _file(path: Path) -> dict[str, Value]:
    text = decode(read_bytes(path), str(path))
    try:
        is_json = path.suffix == ".json"
        body = JsonSyntax(*load(text, str(path))).arguments(literal=True) if is_json else parse(text)
    except HclError as error:
        message = hidden_message(error.message, text, error.line)
        raise InputError(f"{path}:{error.line}: {message}; write `name = value`, one in a line") from error
    return {attribute.name: evaluate(attribute.expression, Nowhere()) for attribute in body.attributes}


def _texts(given: Mapping[str, str], variables: Mapping[str, nodes.Body]) -> dict[str, Value]:
    """Return values that are given as text: literal for a simple type, otherwise an expression."""
    return {name: _text(name, text, variables[name]) for name, text in given.items() if name in variables}


def _text(name: str, text: str, variable: nodes.Body) -> Value:
    type_: Any = variable.attribute("type")
    if type_ is None or (isinstance(type_, nodes.Variable | nodes.Literal) and _name(type_) in _LITERAL):
        return text
    try:
        return evaluate(parse_value(text), Nowhere())
    except HclError as error:
        message = hidden_message(error.message, text, 1)
        raise InputError(f"--var {name}: {message}; its type requires an expression, such as '[\"a\"]'") from error


def _name(type_: nodes.Variable | nodes.Literal) -> object:
    return type_.name if isinstance(type_, nodes.Variable) else type_.value
