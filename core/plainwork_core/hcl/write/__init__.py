"""Writes documents of Terraform's JSON syntax as readable HCL."""

from plainwork_core.hcl.write.document import render
from plainwork_core.hcl.write.errors import RenderError

__all__ = ["RenderError", "render"]
