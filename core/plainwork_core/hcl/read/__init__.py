"""HCL, the language of `*.tf`: parse it, and evaluate as much of it as the text alone tells.

It needs nothing but the standard library, keeps the line of everything, and says of each value that it cannot know why.
"""

from plainwork_core.hcl.read.errors import HclError
from plainwork_core.hcl.read.parser import parse, parse_template, parse_value

__all__ = ["HclError", "parse", "parse_template", "parse_value"]
