"""From Terraform's JSON syntax to HCL as a person would write it."""

from plainwork.hcl.document import render
from plainwork.hcl.errors import RenderError

__all__ = ["RenderError", "render"]
