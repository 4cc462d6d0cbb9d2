"""The syntax of HCL: one lexer, one parser and one tree for the reader, the writer and the checks of `${...}`.

Every node has its line. The package needs the standard library alone.
"""

from plainwork_core.hcl.syntax.errors import HclError
from plainwork_core.hcl.syntax.parser import parse, parse_template, parse_value

__all__ = ["HclError", "parse", "parse_template", "parse_value"]
