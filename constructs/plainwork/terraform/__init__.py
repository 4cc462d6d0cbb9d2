"""The elements of a Terraform configuration: apps, stacks, providers, resources and other blocks."""

from plainwork.terraform.action import Action
from plainwork.terraform.app import App, synthesize
from plainwork.terraform.backend import Backend
from plainwork.terraform.check import Check
from plainwork.terraform.declared import Instance
from plainwork.terraform.encryption import Encryption
from plainwork.terraform.ephemeral import Ephemeral
from plainwork.terraform.exports import RemoteState
from plainwork.terraform.module_call import ModuleCall
from plainwork.terraform.provider import Provider
from plainwork.terraform.refactoring import Import, Moved, Removed
from plainwork.terraform.resource import DataSource, Resource
from plainwork.terraform.stack import Stack
from plainwork.terraform.values import Locals, Output, Variable
from plainwork.tree import Construct

__all__ = [
    "Action",
    "App",
    "Backend",
    "Check",
    "Construct",
    "DataSource",
    "Encryption",
    "Ephemeral",
    "Import",
    "Instance",
    "Locals",
    "ModuleCall",
    "Moved",
    "Output",
    "Provider",
    "RemoteState",
    "Removed",
    "Resource",
    "Stack",
    "Variable",
    "synthesize",
]
