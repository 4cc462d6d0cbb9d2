"""What expressions use after an ejection."""

from plainwork_core.eject.uses import used
from plainwork_core.hcl.syntax import nodes


def test_a_value_that_many_expressions_share_is_read_once() -> None:
    """As a tree, the value has 2**60 parts: the test ends only if each is read once."""
    shared: nodes.Expression = nodes.GetAttribute(nodes.Variable("data"), "aws_region")
    for _ in range(60):
        shared = nodes.Sequence((shared, shared))
    assert used([], [shared]) == set()
