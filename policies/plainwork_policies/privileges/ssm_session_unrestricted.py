"""IAM policy allows remote sessions on all instances or tasks.

What: An identity-based policy allows a shell, command or tunnel (`ssm:StartSession`, `ssm:SendCommand`,
    `ecs:ExecuteCommand`, `ec2-instance-connect:SendSSHPublicKey`, ...) on all instances or tasks, without a condition.
Why: A session has access to the data, the network and the role of the instance. A statement for one host also allows
    sessions on database hosts, build agents and administration hosts.
Remedy: List instance or task ARNs, or add a condition on `aws:ResourceTag/...`.
Limitations: The actions are a table in plainwork. Any condition that can fail counts, such as one on multi-factor
    authentication. `ssm:SessionDocumentAccessCheck` does not count: it limits the document, not the instance. `*`,
    `ssm:*` and similar actions are checked by `iam-wildcard-action`. An operator that is true without the key, such as
    `StringEqualsIfExists`, does not count: instances without the tag stay reachable. `ssm:SendCommand` passes if the
    statement lists documents other than those that run any command, such as `AWS-RunShellScript`. Other documents are
    not checked: `ssm:SendCommand` on all documents and one instance passes.
"""

from __future__ import annotations

from functools import lru_cache

from plainwork_core.iam import Statement as ModelStatement
from plainwork_core.iam.conditions import is_limited, requires_true
from plainwork_core.iam.overlap import names_type
from plainwork_core.iam.reach import matches_action, reaches_every, specific_actions
from plainwork_core.iam.statement import Text
from plainwork_core.model.references import names_attribute
from plainwork_core.model.rendering import quote
from plainwork_core.model.ternary import Ternary, all_of, any_of, negation
from plainwork_core.model.values import Unknown
from plainwork_core.text import enumeration
from plainwork_core.wildcards import matches
from plainwork_policies.api import Findings, policy
from plainwork_policies.privileges.subjects import SESSION_ACTIONS
from plainwork_policies.reading.statement import Statement, statements_of

_TARGETS = ("instance", "managed-instance", "task", "instance-connect-endpoint")
"""Resource types of the Service Authorization Reference that have sessions."""
_TAG = "resourcetag/"
_SEND_COMMAND = "ssm:sendcommand"
_DOCUMENT = "arn:${Partition}:ssm:${Region}:${Account}:document/${DocumentName}"
_RUN_ANY_COMMAND = (
    "AWS-ApplyAnsiblePlaybooks",
    "AWS-ApplyChefRecipes",
    "AWS-ApplyDSCMofs",
    "AWS-InstallApplication",
    "AWS-InstallPowerShellModule",
    "AWS-RunAnsiblePlaybook",
    "AWS-RunDocument",
    "AWS-RunPowerShellScript",
    "AWS-RunRemoteScript",
    "AWS-RunSaltState",
    "AWS-RunShellScript",
)
"""Documents of AWS that run scripts or packages that the caller names.

https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-command-ssm-plugin-reference.html
"""


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
        f"{'is' if len(actions) == 1 else 'are'} allowed on all instances or tasks{_without_limit(statement)}",
        value=resources,
        remedy="List instance or task ARNs, or add a condition on `aws:ResourceTag/...`.",
    )


def _opens_all(statement: Statement, action: Text) -> Ternary:
    """Return whether *action* opens a session on all instances or tasks."""
    return any_of(
        all_of(
            (
                answer,
                reaches_every(statement.owner, session, _TARGETS),
                session != _SEND_COMMAND or negation(_limits_documents(statement.owner)),
            )
        )
        for session, answer in _sessions(action)
    )


@lru_cache(maxsize=4096)
def _sessions(action: Text) -> tuple[tuple[str, Ternary], ...]:
    """Return the session actions that *action* matches or may match: many statements have the same actions."""
    matched = ((session, matches_action(action, session)) for session in SESSION_ACTIONS)
    return tuple((session, answer) for session, answer in matched if answer is not False)


def _limits_documents(statement: ModelStatement) -> Ternary:
    """Return whether `Resource` lists documents, none of which runs any command that the caller sends."""
    documents = [resource for resource in statement.resources if names_type(resource, _DOCUMENT) is not False]
    return all_of((bool(documents), negation(any_of(map(_runs_any_command, documents)))))


def _runs_any_command(document: Text) -> Ternary:
    if isinstance(document, Unknown):
        return False if names_attribute(document) else document
    name = document.rpartition("document/")[2]
    return any(matches(name, one) for one in _RUN_ANY_COMMAND)


def _without_limit(statement: Statement) -> str:
    """Return why no condition limits the instances."""
    for condition in statement.owner.conditions:
        operator, key = str(condition.operator), str(condition.key)
        if _TAG in key.lower() and operator.lower().endswith("ifexists"):
            return f"; `{operator}` on `{key}` is true for those without the tag"
    return "; no condition limits them" if statement.owner.conditions else " without a condition"


def _has_limiting_condition(statement: Statement) -> Ternary:
    by_key = is_limited(statement.owner, lambda key: key != "ssm:sessiondocumentaccesscheck")
    return any_of((by_key, requires_true(statement.owner, "aws:multifactorauthpresent")))
