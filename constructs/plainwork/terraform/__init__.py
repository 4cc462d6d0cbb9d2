"""What a Terraform configuration is made of: apps, stacks, providers, resources, data sources and the blocks around them."""

from plainwork._cdktf import Construct
from plainwork.terraform.app import App, synthesise
from plainwork.terraform.backend import Backend
from plainwork.terraform.provider import Provider
from plainwork.terraform.resource import DataSource, Instance, Resource
from plainwork.terraform.stack import Stack

__all__ = [
    "App",
    "Backend",
    "Construct",
    "DataSource",
    "Instance",
    "Provider",
    "Resource",
    "Stack",
    "synthesise",
]
