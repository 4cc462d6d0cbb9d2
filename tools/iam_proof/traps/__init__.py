"""The classical traps of IAM, written by hand."""

from tools.iam_proof.traps import accounts, elements, limits, operators, organizations, principals, services, trust
from tools.iam_proof.traps.trap import Trap

TRAPS: tuple[Trap, ...] = tuple(
    trap
    for module in (operators, elements, accounts, principals, limits, trust, services, organizations)
    for trap in module.traps()
)
"""All of them."""
