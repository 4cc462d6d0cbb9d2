"""The only module that imports CDKTF, or its fork CDK Terrain where CDKTF is not installed.

It has the classes that `plainwork.tree` joins to those of this library in a program that imports CDKTF, and creates
their objects in Node.js.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from plainwork.errors import PlainworkError
from plainwork.tree import files
from plainwork.tree.node_js import use_bundled_node

use_bundled_node()

try:
    import jsii
    from constructs import Construct, IConstruct, IValidation
    from jsii import _reference_map
    from jsii.errors import JavaScriptError

    try:
        import cdktf  # noqa: TID251  the only import of it
    except ModuleNotFoundError:
        if not TYPE_CHECKING:  # the fork has the same API; of either package, a type checker would know no class
            import cdktn as cdktf
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        f"{error}; to use constructs of CDKTF run: pip install 'plainwork[cdktf]' (or 'plainwork[cdktn]')",
        name=error.name,
    ) from None

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

App = cdktf.App
TerraformBackend = cdktf.TerraformBackend
TerraformDataSource = cdktf.TerraformDataSource
TerraformElement = cdktf.TerraformElement
TerraformOutput = cdktf.TerraformOutput
TerraformProvider = cdktf.TerraformProvider
TerraformRemoteState = cdktf.TerraformRemoteState
TerraformResource = cdktf.TerraformResource
TerraformStack = cdktf.TerraformStack
stack_of = cdktf.TerraformStack.of


def create(construct: Any, base: type, scope: Any, id_: str, *arguments: Any, **config: Any) -> None:
    """Create the object in Node.js, as the generated constructor of the class *base* does.

    Those check their own annotations again for every object, which takes a third of the time.
    """
    given = [] if base is App else [scope, id_, *arguments]
    if base in _CONFIGS:
        given.append(_config(base, **config))
    jsii.create(type(construct), construct, given)
    _reference_map.register_reference(construct)  # as the metaclass of jsii does for its own classes


def written(app: Any, stacks: Iterable[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Write all stacks of an app, and yield the name and the configuration of each of *stacks*."""
    with _readable_errors():
        App.synth(app)
    yield from ((name, _read(app.outdir, name)) for name in stacks)


def configuration(stack: TerraformStack) -> dict[str, Any]:
    """Return the configuration of one stack, without writing it."""
    with TemporaryDirectory(prefix="plainwork-") as directory:
        with _readable_errors():
            stack.prepare_stack()
            stack.synthesizer.synthesize(_Session(directory))
        return _read(directory, stack.node.id)


def _read(outdir: str, stack: str) -> dict[str, Any]:
    config: dict[str, Any] = json.loads(files.document(Path(outdir), stack).read_text(encoding="utf-8"))
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


@jsii.implements(cdktf.ISynthesisSession)
class _Session:
    """The session of CDKTF for the synthesis of one stack."""

    skip_validation = False

    def __init__(self, outdir: str) -> None:
        self._outdir = outdir
        self._manifest = cdktf.Manifest("", outdir, False)  # noqa: FBT003  CDKTF's signature

    @property
    def outdir(self) -> str:
        return self._outdir

    @property
    def manifest(self) -> cdktf.Manifest:
        return self._manifest


@jsii.implements(IValidation)
class Validation:
    """A check that runs before a stack is written."""

    def __init__(self, problems: Callable[[], list[str]]) -> None:
        self._problems = problems

    def validate(self) -> list[str]:
        """Return the problems."""
        return self._problems()


_CONFIGS: dict[type, type] = {
    App: cdktf.AppConfig,
    TerraformResource: cdktf.TerraformResourceConfig,
    TerraformDataSource: cdktf.TerraformResourceConfig,
    TerraformProvider: cdktf.TerraformProviderConfig,
    TerraformOutput: cdktf.TerraformOutputConfig,
}


@cache
def _config(base: type, **config: Any) -> Any:
    return _CONFIGS[base](**config)


__all__ = [
    "App",
    "Construct",
    "IConstruct",
    "TerraformBackend",
    "TerraformDataSource",
    "TerraformElement",
    "TerraformOutput",
    "TerraformProvider",
    "TerraformRemoteState",
    "TerraformResource",
    "TerraformStack",
    "Validation",
    "configuration",
    "create",
    "stack_of",
    "written",
]
