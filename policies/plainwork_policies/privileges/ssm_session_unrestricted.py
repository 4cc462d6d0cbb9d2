"""IAM policy allows remote sessions on all instances or tasks.

What: an identity policy's statement allows opening a shell, a command or a tunnel (`ssm:StartSession`,
    `ssm:SendCommand`, `ecs:ExecuteCommand`, `ec2-instance-connect:SendSSHPublicKey`, ...) on every instance or task,
    and has no condition.
Why: a session is the machine: its data, its network, and the rights of its role. Such a statement, written to look at
    one host, also opens the database's, the build agent's and the administrators' own.
Remedy: say which machines, by ARN or by tag::

        actions   = ["ssm:StartSession"]
        resources = ["arn:aws:ec2:*:*:instance/*"]

        condition {
          test     = "StringEquals"
          variable = "aws:ResourceTag/Application"
          values   = ["reports"]
        }
Limitations: the actions are a table in this policy. Any condition that can fail counts, one on multi-factor
    authentication
    included; `ssm:SessionDocumentAccessCheck` does not, because it says which document, not which machine. `*`,
    `ssm:*` and the like are `iam-wildcard-action`'s. Documents are not judged: `ssm:SendCommand` on all documents
    and one instance passes.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.iam import Statement, of_kinds
from plainwork_core.iam.conditions import narrowed, requires_true
from plainwork_core.iam.reach import names_action, reaches_every
from plainwork_core.model.rendering import render
from plainwork_core.model.ternary import all_of, any_of
from plainwork_core.model.values import Unknown
from plainwork_core.text import enumeration
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy
from plainwork_policies.privileges.iam_wildcard_action import is_service_wide

# By action, in the Service Authorization Reference: the resource types that are machines.
_MACHINES = ("instance", "managed-instance", "task", "instance-connect-endpoint")
SESSIONS = (
    "ec2-instance-connect:opentunnel",
    "ec2-instance-connect:sendserialconsolesshpublickey",
    "ec2-instance-connect:sendsshpublickey",
    "ecs:executecommand",
    "ssm:sendcommand",
    "ssm:startsession",
)


@policy(
    "PLW_PRIV_015",
    "ssm-session-unrestricted",
    aliases=("session-on-every-machine",),
    severity="high",
    subjects=of_kinds("identity", "unused"),
    links=(
        "https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-restrict-access-examples.html",
    ),
)
def ssm_session_unrestricted(statement: Statement) -> Iterator[Finding]:
    """Judge one statement that allows sessions by its `Resource` and its conditions."""
    limited = _is_conditional(statement)
    if statement.effect == "Deny" or statement.not_resources or limited is True:
        return
    actions = [action for action in statement.actions if not is_service_wide(render(action) or "")]
    answers = {action: _opens_every(statement, action) for action in actions}
    everywhere = [render(action) for action, answer in answers.items() if answer is True]
    unknown = next((answer for answer in answers.values() if isinstance(answer, Unknown)), None)
    path = statement.path("Resource")
    if (everywhere or unknown is not None) and (doubt := statement.doubt(limited, None if everywhere else unknown)):
        yield not_evaluated(path, doubt)
    elif everywhere:
        message = f"allows {enumeration(everywhere)} on every machine, without a condition"
        remedy = "name the machines by ARN, or add a condition on `aws:ResourceTag/...`"
        yield fail(path, message, value=[render(each) for each in statement.resources], remedy=remedy)


def _opens_every(statement: Statement, action: str | Unknown) -> bool | Unknown:
    """Whether *action* of *statement* opens a session on every machine of a kind."""
    return any_of(
        all_of((names_action(action, session), reaches_every(statement, session, _MACHINES))) for session in SESSIONS
    )


def _is_conditional(statement: Statement) -> bool | Unknown:
    if requires_true(statement, "aws:multifactorauthpresent"):
        return True
    return narrowed(statement, lambda key: key != "ssm:sessiondocumentaccesscheck")
