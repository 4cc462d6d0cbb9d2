"""IAM policy allows remote sessions on all instances or tasks.

What: An identity-based policy allows a shell, command or tunnel (`ssm:StartSession`, `ssm:SendCommand`,
    `ecs:ExecuteCommand`, `ec2-instance-connect:SendSSHPublicKey`, ...) on all instances or tasks, without a condition.
Why: A session has access to the data, the network and the role of the instance. A statement for one host also allows
    sessions on database hosts, build agents and administration hosts.
Remedy: List instance or task ARNs, or add a condition on `aws:ResourceTag/...`.
Limitations: The actions are a table in plainwork. Any condition that can fail counts, such as one on multi-factor
    authentication. `ssm:SessionDocumentAccessCheck` does not count: it limits the document, not the instance. `*`,
    `ssm:*` and similar actions are checked by `iam-wildcard-action`. Documents are not checked: `ssm:SendCommand` on
    all documents and one instance passes.
"""

from __future__ import annotations

from plainwork_core.iam.conditions import is_limited, requires_true
from plainwork_core.iam.reach import matches_action, reaches_every, specific_actions
from plainwork_core.iam.statement import Text
from plainwork_core.model.rendering import quote
from plainwork_core.model.ternary import Ternary, all_of, any_of
from plainwork_core.text import enumeration
from plainwork_policies.api import Findings, policy
from plainwork_policies.privileges.subjects import SESSION_ACTIONS
from plainwork_policies.reading.statement import Statement, statements_of

_TARGETS = ("instance", "managed-instance", "task", "instance-connect-endpoint")
"""Resource types of the Service Authorization Reference that have sessions."""


@policy(
    "PLW_PRIV_015",
    "ssm-session-unrestricted",
    severity="high",
    on=statements_of("identity", "unused"),
    aliases=("session-on-every-machine",),
    links=(
        "https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-restrict-access-examples.html",
    ),
)
def ssm_session_unrestricted(statement: Statement) -> Findings:
    """Check `Resource` and the conditions of actions that open sessions."""
    limited = _has_limiting_condition(statement)
    if statement.is_deny or statement["NotResource"].is_configured or limited is True:
        return
    answers = {action: _opens_all(statement, action) for action in specific_actions(statement.owner)}
    if (opens := any_of(answers.values())) is False:
        return
    statement.require_grant("Resource", limited, opens)
    actions = [quote(action) for action, answer in answers.items() if answer is True]
    resources = [quote(resource) for resource in statement.owner.resources]
    yield statement["Resource"].fail(
        f"`Resource` is {enumeration(resources)}; {enumeration(actions)} "
        f"{'is' if len(actions) == 1 else 'are'} allowed on all instances or tasks without a condition",
        value=resources,
        remedy="List instance or task ARNs, or add a condition on `aws:ResourceTag/...`.",
    )


def _opens_all(statement: Statement, action: Text) -> Ternary:
    """Return whether *action* opens a session on all instances or tasks."""
    return any_of(
        all_of((matches_action(action, session), reaches_every(statement.owner, session, _TARGETS)))
        for session in SESSION_ACTIONS
    )


def _has_limiting_condition(statement: Statement) -> Ternary:
    by_key = is_limited(statement.owner, lambda key: key != "ssm:sessiondocumentaccesscheck")
    return any_of((by_key, requires_true(statement.owner, "aws:multifactorauthpresent")))
