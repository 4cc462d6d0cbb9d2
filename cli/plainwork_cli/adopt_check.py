"""Whether the Python of a configuration makes the same configuration: it is run before it is written."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from plainwork import App, synthesize
from plainwork_core.adopt.equality import differences
from plainwork_core.adopt.inputs import place
from plainwork_core.errors import PlainworkError
from plainwork_core.python_source import python_source
from plainwork_core.python_source.elements import Element, all_elements

if TYPE_CHECKING:
    from plainwork_core.adopt.configuration import Configuration

_SETTINGS = "terraform"


def problems(configuration: Configuration, name: str) -> list[str]:
    """Return a sentence with file and line for each part of a configuration that has no form in Python."""
    with warnings.catch_warnings(), TemporaryDirectory(prefix="plainwork-") as directory:
        warnings.simplefilter("ignore")
        app = App(directory)
        found = list(_rejected(configuration, app)) or list(_different(configuration, app, name))
    return list(dict.fromkeys(found))


def _rejected(configuration: Configuration, app: App) -> Iterator[str]:
    """Yield what the library rejects, one block after the other, so that each problem is found."""
    document = configuration.document
    settings = {name: document[name] for name in (_SETTINGS,) if name in document}
    blocks = ((element.address, {**settings, **_document(element)}) for element in all_elements(document))
    for number, (address, part) in enumerate([(_SETTINGS, settings), *blocks]):
        try:
            _built(part, f"block-{number}", app)
        except PlainworkError as error:
            yield from (f"{place(configuration, address)}: {reason}" for reason in _reasons(error))
            if address == _SETTINGS:
                return


def _different(configuration: Configuration, app: App, name: str) -> Iterator[str]:
    """Yield the references that the library rejects, and each block that would be another one."""
    try:
        again = synthesize(_built(configuration.document, name, app))
    except PlainworkError as error:
        for reason in _reasons(error):
            address, _, rest = reason.partition(" ")
            yield f"{place(configuration, address)} {rest}"
        return
    for address in differences(configuration.document, again):
        yield f"{place(configuration, address)}: the Python would make another block of it"


def _built(document: Mapping[str, Any], name: str, app: App) -> Any:
    namespace: dict[str, Any] = {"__name__": "adopted"}
    exec(compile(python_source(document, name), "adopted.py", "exec"), namespace)  # noqa: S102  the code to be written
    return namespace["build"](app)


def _document(element: Element) -> dict[str, Any]:
    """Return a document of one block."""
    content = element.body
    for label in reversed(element.labels):
        content = {label: content}
    return {element.kind: content}


def _reasons(error: PlainworkError) -> list[str]:
    """Return the reasons of an error without the address that it begins with."""
    head, *reasons = str(error).split("\n  ")
    return reasons or [head]
