"""Terraform's functions on files and templates.

See https://developer.hashicorp.com/terraform/language/functions/file and its neighbors.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from posixpath import normpath

from plainwork_core.frozen import frozen
from plainwork_core.hcl.read.conversions import SetOfValues, to_object, to_text
from plainwork_core.hcl.read.errors import Rejected, Unsupported
from plainwork_core.hcl.read.evaluator import value_of
from plainwork_core.hcl.read.functions_encoding import digest, to_base64
from plainwork_core.hcl.read.references import InnerScope, Scope, Step, follow
from plainwork_core.hcl.read.signature import Function
from plainwork_core.hcl.syntax import HclError, parse_template
from plainwork_core.hcl.syntax.literals import normal
from plainwork_core.hcl.syntax.nodes import Expression
from plainwork_core.model.values import Value

_BYTES_OF_STEP = 16
_DEEPEST = 100
_NAME = re.compile(r"[^\W\d][\w-]*")
_GLOB = re.compile(r"[*?\[\]{}\\]")


@frozen(slots=True)
class Template(InnerScope):
    """The scope of a template: the variables of the call, of which members may be unknown, and no other name."""

    def look_up(self, name: str, steps: tuple[Step, ...]) -> Value:
        """Return the value of a variable.

        Raises:
            Rejected: there is none of this name.
        """
        return follow(self.variables, (Step(name), *steps))


def _content(scope: Scope, path: str) -> bytes:
    content = scope.files.content(path)
    scope.budget.spend(len(content) // _BYTES_OF_STEP)
    return content


def _file(scope: Scope, path: str) -> str:
    try:
        return normal(_content(scope, path).decode())
    except UnicodeDecodeError:
        raise Rejected(f"`{path}` is not UTF-8") from None


def _fileset(scope: Scope, path: str, pattern: str) -> Value:
    if _GLOB.search(path):
        raise Unsupported("on a path with characters of a pattern")
    steps = [step for step in pattern.split("/") if step not in ("", ".")]
    if not steps:
        return SetOfValues()
    if ".." in steps:
        raise Unsupported("with `..` in the pattern")
    count = next((index for index, step in enumerate(steps[:-1]) if _GLOB.search(step)), len(steps) - 1)
    prefix = "".join(f"{step}/" for step in steps[:count])
    found = scope.files.below(f"{path}/{prefix}", _DEEPEST if "**" in steps else len(steps) - count)
    matches = _pattern(steps[count:])
    return SetOfValues(sorted(prefix + name for name in found if matches.fullmatch(name)))


def _pattern(steps: list[str]) -> re.Pattern[str]:
    """Return the regular expression of a pattern by *steps*; `**` is any number of directories."""
    *before, last = steps
    parts = ["(?:[^/]+/)*" if step == "**" else _of_names(step) + "/" for step in before]
    return re.compile("".join(parts) + (".+" if last == "**" else _of_names(last)), re.DOTALL)


def _of_names(step: str) -> str:
    if re.search(r"[\[\]\\]|\{[^}]*[{,/*?]?[^}]*\{", step) or step.count("{") != step.count("}"):
        raise Unsupported(f"with the pattern `{step}`")
    special = {"*": "[^/]*", "?": "[^/]", "{": "(?:", "}": ")"}
    pieces = re.split(r"(\{[^{}]*\})", step)
    return "".join(
        "".join(special.get(char, "|" if char == "," and piece[0] == "{" else re.escape(char)) for char in piece)
        for piece in pieces
        if piece
    )


def _templatefile(scope: Scope, path: str, variables: dict[str, Value]) -> Value:
    return _rendered(scope, _file(scope, path), variables)


def _rendered(scope: Scope, text: str, variables: dict[str, Value]) -> Value:
    if _is_in_template(scope):
        raise Unsupported("within another template, which OpenTofu allows and Terraform does not")
    if wrong := [name for name in variables if not _NAME.fullmatch(name)]:
        raise Rejected(f"`{wrong[0]}` is no name of a variable")
    return value_of(_parsed(scope.files.templates, text), Template(scope, variables))


def _parsed(templates: dict[str, Expression], text: str) -> Expression:
    if text not in templates:
        try:
            templates[text] = parse_template(text)
        except HclError as error:
            raise Rejected(f"line {error.line} of the template: {error.message}") from None
    return templates[text]


def _is_in_template(scope: Scope | None) -> bool:
    while scope is not None and not isinstance(scope, Template):
        scope = getattr(scope, "outer", None)
    return scope is not None


def _basename(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2] or ("/" if path else ".")


def _dirname(path: str) -> str:
    return re.sub("^//", "/", normpath(path[: path.rfind("/") + 1]))  # Python keeps two slashes, and Go does not


def _pathexpand(path: str) -> str:
    if path.startswith("~"):
        raise Unsupported("on a path in the home directory")
    return path


def _of_content(write: Callable[[bytes], str]) -> Function:
    return Function(lambda scope, path: write(_content(scope, path)), (to_text,), in_scope=True)


FUNCTIONS = {
    "basename": Function(_basename, (to_text,)),
    "dirname": Function(_dirname, (to_text,)),
    "file": Function(_file, (to_text,), in_scope=True),
    "filebase64": _of_content(to_base64),
    "filebase64sha256": _of_content(digest("sha256", to_base64)),
    "filebase64sha512": _of_content(digest("sha512", to_base64)),
    "fileexists": Function(lambda scope, path: scope.files.exists(path), (to_text,), in_scope=True),
    "filemd5": _of_content(digest("md5", bytes.hex)),
    "fileset": Function(_fileset, (to_text, to_text), in_scope=True),
    "filesha1": _of_content(digest("sha1", bytes.hex)),
    "filesha256": _of_content(digest("sha256", bytes.hex)),
    "filesha512": _of_content(digest("sha512", bytes.hex)),
    "pathexpand": Function(_pathexpand, (to_text,)),
    "templatefile": Function(_templatefile, (to_text, to_object), partial=True, in_scope=True),
    "templatestring": Function(_rendered, (to_text, to_object), partial=True, in_scope=True),
}
