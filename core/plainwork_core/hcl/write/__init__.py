"""From Terraform's JSON syntax to HCL as a person would write it."""

from plainwork_core.hcl.write.document import render
from plainwork_core.hcl.write.errors import RenderError

__all__ = ["RenderError", "render"]
