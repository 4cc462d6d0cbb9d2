"""The provider schema as data: which arguments, attributes and nested blocks each type has.

The AWS provider 5.100.0 is shipped. `plainwork schema` writes the schema of other providers and versions; see `load`.
"""

from plainwork_core.schema.model import Attribute, BlockSchema, Mode, NestedBlock, Nesting, TerraformType
from plainwork_core.schema.store import Schema, load

__all__ = ["Attribute", "BlockSchema", "Mode", "NestedBlock", "Nesting", "Schema", "TerraformType", "load"]
