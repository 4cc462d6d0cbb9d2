"""What holds of an expression whatever its references are: that it has a value, is not null, is not empty."""

from __future__ import annotations

from plainwork_core.eject.known import OPEN, Outputs, content, is_known_instance
from plainwork_core.hcl.syntax import nodes
from plainwork_core.hcl.syntax.nodes import Expression


def is_certain(node: Expression) -> bool:
    """Return whether *node* has a value in any case, so that `try` never goes on to its next argument."""
    found = content(node)
    match found:
        case nodes.Literal() | Outputs() | nodes.Variable():
            return True
        case nodes.GetAttribute(nodes.Variable("var" | "path" | "each" | "count"), _):
            return True
        case nodes.Object(members):
            return all(is_certain(member.value) for member in members)
        case nodes.Sequence(parts) | nodes.TemplateExpr(parts):
            return all(map(is_certain, parts))
        case nodes.Call(name, arguments) if name in _TOTAL:
            return all(map(is_certain, arguments))
    return is_attribute(found)


_TOTAL = frozenset(
    (
        *("basename", "chomp", "dirname", "jsonencode", "lower", "sensitive", "title", "toset", "tostring", "trim"),
        *("trimprefix", "trimspace", "trimsuffix", "upper"),
    )
)
"""Functions that have a value for any argument that fits."""
_OF_RESOURCE, _OF_DATA = 2, 3
"""Names after the first one in `aws_vpc.main.id` and in `data.aws_vpc.main.id`."""
_SCOPES = frozenset(("var", "local", "each", "count", "module", "path", "terraform", "self"))


def is_attribute(node: Expression) -> bool:
    """Return whether *node* is an attribute of one instance of a resource: `aws_vpc.this.id`, `aws_vpc.this[0].id`."""
    depth = 0
    while isinstance(node, (nodes.GetAttribute, nodes.GetIndex)):
        if isinstance(node, nodes.GetIndex) and not is_known_instance(node.target):
            return False
        if isinstance(node, nodes.GetAttribute) and node.name.endswith(OPEN):
            return False
        depth += isinstance(node, nodes.GetAttribute)
        node = node.target
    if not isinstance(node, nodes.Variable) or node.name in _SCOPES:
        return False
    return depth == (_OF_DATA if node.name in ("data", "ephemeral") else _OF_RESOURCE)


def is_never_null(node: Expression) -> bool:
    """Return whether *node* is not null: a collection, text, or the `id`, `arn` or `json` of a resource."""
    match content(node):
        case nodes.Literal(value):
            return value is not None
        case nodes.Sequence() | nodes.Object() | nodes.TemplateExpr() | nodes.Call("toset"):
            return True
        case nodes.GetAttribute(_, name) as found:
            return name in ("id", "arn", "json") and is_attribute(found)
    return False


def is_filled(node: Expression) -> bool:
    """Return whether *node* is a string that is not empty."""
    match content(node):
        case nodes.Literal(str(text)):
            return bool(text)
        case nodes.TemplateExpr(parts):
            return any(map(is_filled, parts))
    return isinstance(content(node), nodes.GetAttribute) and is_never_null(node)
