"""The elements of a Terraform configuration: apps, stacks, providers, resources and other blocks."""

from plainwork._cdktf import Construct
from plainwork.terraform.app import App, synthesize
from plainwork.terraform.backend import Backend
from plainwork.terraform.provider import Provider
from plainwork.terraform.refactoring import Import, Moved, Removed
from plainwork.terraform.resource import DataSource, Instance, Resource
from plainwork.terraform.stack import Stack
from plainwork.terraform.values import Locals, Output, Variable

__all__ = [
    "App",
    "Backend",
    "Construct",
    "DataSource",
    "Import",
    "Instance",
    "Locals",
    "Moved",
    "Output",
    "Provider",
    "Removed",
    "Resource",
    "Stack",
    "Variable",
    "synthesize",
]
