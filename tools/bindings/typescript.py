"""The TypeScript in a wheel of bindings: the attributes of each class, and the arguments that each function writes.

Only the facts that the code states are read: names, flags and types.
"""

from __future__ import annotations

import base64
import json
import re
import tarfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import PurePosixPath

from tools.packages import Package

_SOURCE_MAP = "//# sourceMappingURL=data:application/json;base64,"
_LIBRARY = "package/lib/"
_MODULE = re.compile(rf"{_LIBRARY}([\w-]+)/(?:index|index-structs/structs\d+)\.js")
_DECLARATION = re.compile(r"^export (?=class|function|interface)", re.MULTILINE)
_CLASS = re.compile(r"class (\w+) extends \w+\.(\w+)")
_FUNCTION = re.compile(r"function (\w+)ToHclTerraform\(")
_INTERFACE = re.compile(r"interface (\w+)")
_ATTRIBUTE = re.compile(
    r"^ *// (\w+) - computed: (true|false), optional: (true|false), required: (true|false)\n"
    r"(.*?)(?=^ *// \w+ - computed: |\Z)",
    re.MULTILINE | re.DOTALL,
)
_ARGUMENT = re.compile(
    r'^ +(\w+|"[^"]+"): \{\n +value: (.*),\n +isBlock: (?:true|false),\n +type: "(\w+)",\n', re.MULTILINE
)
_PROPERTY = re.compile(r"#(\w+) \w+#\1\}\n(?:.*\n)*?.*\*/\n *readonly \w+(\??):")
_RESOURCE_TYPE = re.compile(r'static readonly tfResourceType = "(\w+)"')


@dataclass(frozen=True)
class Attribute:
    """An attribute of a class.

    Args:
        flags: those of `required`, `optional` and `computed` that it has.
        code: how it is read, from its declaration on.
    """

    flags: frozenset[str]
    code: str = ""


@dataclass(frozen=True)
class Argument:
    """What a function writes for one argument.

    Args:
        value: the expression.
        kind: `simple`, `list`, `set`, `map` or `struct`.
    """

    value: str
    kind: str


@dataclass(frozen=True)
class Class:
    """A class of the bindings: a resource, or the value of a nested block."""

    base: str
    resource_type: str
    attributes: Mapping[str, Attribute]
    arguments: Mapping[str, Argument]


@dataclass
class Module:
    """One directory of the bindings: a resource type with its nested blocks.

    Attributes:
        classes: by name.
        functions: the arguments that each function writes, by the name of the function without `ToHclTerraform`.
        interfaces: the attributes of each interface, by name; blocks of a provider have no class.
    """

    classes: dict[str, Class] = field(default_factory=dict)
    functions: dict[str, dict[str, Argument]] = field(default_factory=dict)
    interfaces: dict[str, dict[str, Attribute]] = field(default_factory=dict)

    def read(self, source: str) -> None:
        """Add what *source* declares."""
        for text in _DECLARATION.split(source)[1:]:
            if found := _CLASS.match(text):
                self.classes[found[1]] = _class(found[2], text)
            elif found := _FUNCTION.match(text):
                self.functions[found[1]] = _arguments(text)
            elif found := _INTERFACE.match(text):
                self.interfaces[found[1]] = dict(_properties(text))


def modules(bindings: Package) -> Iterator[Module]:
    """Yield each directory of a wheel of bindings, in the order of their names."""
    sources: dict[str, list[str]] = defaultdict(list)
    for name, code in sorted(_javascript(bindings)):
        if _SOURCE_MAP in code:
            sources[name].append(_typescript(code))
    for name in sorted(sources):
        module = Module()
        for source in sources[name]:
            module.read(source)
        yield module


def _javascript(bindings: Package) -> Iterator[tuple[str, str]]:
    (archive,) = (
        content
        for name, content in bindings.members(f"{bindings.name.replace('-', '_')}/_jsii/").items()
        if PurePosixPath(name).suffix == ".tgz"
    )
    with tarfile.open(fileobj=BytesIO(archive)) as files:
        for member in files:
            if (found := _MODULE.fullmatch(member.name)) and (file := files.extractfile(member)):
                yield found[1], file.read().decode()


def _typescript(code: str) -> str:
    encoded = code.rpartition(_SOURCE_MAP)[2].strip()
    source: str = json.loads(base64.b64decode(encoded))["sourcesContent"][0]
    return source


def _class(base: str, text: str) -> Class:
    resource_type = _RESOURCE_TYPE.search(text)
    attributes = {
        name: Attribute(_flags(computed=computed, optional=optional, required=required), code)
        for name, computed, optional, required, code in _ATTRIBUTE.findall(text)
    }
    return Class(base, resource_type[1] if resource_type else "", attributes, _arguments(text))


def _flags(**stated: str) -> frozenset[str]:
    return frozenset(flag for flag, value in stated.items() if value == "true")


def _arguments(text: str) -> dict[str, Argument]:
    return {name.strip('"'): Argument(value, kind) for name, value, kind in _ARGUMENT.findall(text)}


def _properties(text: str) -> Iterator[tuple[str, Attribute]]:
    for name, optional in _PROPERTY.findall(text):
        yield name, Attribute(frozenset({"optional" if optional else "required"}))
