"""IAM: the statements of all policy documents in a stack, and exact reasoning about patterns, ARNs and actions."""

from plainwork_core.iam.documents import of_kinds, statements
from plainwork_core.iam.statement import Condition, Document, Kind, Principal, Statement

__all__ = ["Condition", "Document", "Kind", "Principal", "Statement", "of_kinds", "statements"]
