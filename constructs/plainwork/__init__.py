"""Plain Terraform resources for AWS in Python.

Each name is imported on first use, because a program needs few of them, and the command line fewer.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from plainwork_core import __version__ as __version__

if TYPE_CHECKING:
    from plainwork.alarms import AlarmActions
    from plainwork.arguments.json_body import Block
    from plainwork.canary import DnsCanary, ListenerCanary, TargetGroupCanary
    from plainwork.efs import FileSystem
    from plainwork.errors import PlainworkError, PlainworkWarning
    from plainwork.functions import jsonencode
    from plainwork.guardrails import RegionGuardrails, TagGuardrails
    from plainwork.kms import AWS_MANAGED_KEY, AWS_OWNED_KEY
    from plainwork.network import Network
    from plainwork.references import Reference
    from plainwork.s3_state_backend import S3StateBackend, StateAccess, StateLocking
    from plainwork.security_group import make_security_group
    from plainwork.terraform import (
        Action,
        App,
        Check,
        Construct,
        DataSource,
        Encryption,
        Ephemeral,
        Import,
        Locals,
        ModuleCall,
        Moved,
        Output,
        Provider,
        RemoteState,
        Removed,
        Resource,
        Stack,
        Variable,
        synthesize,
    )
    from plainwork.valkey import ValkeyReplicationGroup, ValkeyServerless
    from plainwork.vpc_endpoints import VpcEndpoints
    from plainwork_core.hcl.write import render
    from plainwork_core.waivers import Waiver

__all__ = [
    "AWS_MANAGED_KEY",
    "AWS_OWNED_KEY",
    "Action",
    "AlarmActions",
    "App",
    "Block",
    "Check",
    "Construct",
    "DataSource",
    "DnsCanary",
    "Encryption",
    "Ephemeral",
    "FileSystem",
    "Import",
    "ListenerCanary",
    "Locals",
    "ModuleCall",
    "Moved",
    "Network",
    "Output",
    "PlainworkError",
    "PlainworkWarning",
    "Provider",
    "Reference",
    "RegionGuardrails",
    "RemoteState",
    "Removed",
    "Resource",
    "S3StateBackend",
    "Stack",
    "StateAccess",
    "StateLocking",
    "TagGuardrails",
    "TargetGroupCanary",
    "ValkeyReplicationGroup",
    "ValkeyServerless",
    "Variable",
    "VpcEndpoints",
    "Waiver",
    "jsonencode",
    "make_security_group",
    "render",
    "synthesize",
]

_MODULES = {
    "AWS_MANAGED_KEY": "plainwork.kms",
    "AWS_OWNED_KEY": "plainwork.kms",
    "AlarmActions": "plainwork.alarms",
    "Block": "plainwork.arguments.json_body",
    "DnsCanary": "plainwork.canary",
    "FileSystem": "plainwork.efs",
    "ListenerCanary": "plainwork.canary",
    "Network": "plainwork.network",
    "PlainworkError": "plainwork.errors",
    "PlainworkWarning": "plainwork.errors",
    "Reference": "plainwork.references",
    "RegionGuardrails": "plainwork.guardrails",
    "S3StateBackend": "plainwork.s3_state_backend",
    "StateAccess": "plainwork.s3_state_backend",
    "StateLocking": "plainwork.s3_state_backend",
    "TagGuardrails": "plainwork.guardrails",
    "TargetGroupCanary": "plainwork.canary",
    "ValkeyReplicationGroup": "plainwork.valkey",
    "ValkeyServerless": "plainwork.valkey",
    "VpcEndpoints": "plainwork.vpc_endpoints",
    "Waiver": "plainwork_core.waivers",
    "jsonencode": "plainwork.functions",
    "make_security_group": "plainwork.security_group",
    "render": "plainwork_core.hcl.write",
}
"""The module of each name that is not in `plainwork.terraform`."""


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'plainwork' has no attribute {name!r}")
    return getattr(import_module(_MODULES.get(name, "plainwork.terraform")), name)
