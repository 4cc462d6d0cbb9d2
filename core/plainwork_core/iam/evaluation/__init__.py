"""Evaluation of IAM policies for one request, offline: allowed, denied, or unknown with the reason.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

from plainwork_core.iam.evaluation.decide import decide
from plainwork_core.iam.evaluation.decision import Decision, Miss
from plainwork_core.iam.evaluation.policies import Policies, policy_statements, unread_policy
from plainwork_core.iam.evaluation.request import Request, RequestPrincipal, RequestResource, unnamed_arn

__all__ = [
    "Decision",
    "Miss",
    "Policies",
    "Request",
    "RequestPrincipal",
    "RequestResource",
    "decide",
    "policy_statements",
    "unnamed_arn",
    "unread_policy",
]
