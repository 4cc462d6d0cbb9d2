"""An argument of a failing example that becomes unknown leaves the failure, or turns it into *not evaluated*."""

import re

import pytest

from plainwork_core.read import read
from plainwork_policies.engine.inputs import together
from plainwork_policies.engine.registry import policies
from plainwork_policies.engine.runner import evaluate
from plainwork_policies.engine.settings_file import load
from tools.example_cases import MAIN, cases, copy

ARN = "a subject is an ARN in the configuration, and an unknown value is not one"
TEXT = "a subject is a text in the configuration, and an unknown value is not one"
EXCEPTIONS = {
    "alb-forward-stickiness-missing": "a target group outside the stack is not checked",
    "argument-managed-twice": "a variable is the id of another resource than those of the stack",
    "arn-partition-mismatch": ARN,
    "arn-region-mismatch": ARN,
    "iam-policy-variable-literal": TEXT,
    "iam-privilege-escalation": "a policy of an unknown role, user or group is checked as that of another principal",
    "service-region-mismatch": TEXT,
    "sqs-visibility-timeout-short": "a variable is the ARN of another queue or function than those of the stack",
    "tag-invalid": "unknown tags are not counted",
    "tag-value-not-allowed": "an unknown value of a required tag counts as not empty",
    "vpc-endpoint-private-dns-unsupported": "a variable is the id of another VPC than those of the stack",
    "vpc-subnet-cidr-mismatch": "a variable is the id of another VPC than those of the stack",
}
"""Policies of which a hidden argument may hide the failure, each with the reason; at most 30."""

LITERAL_IN_TERRAFORM = re.compile(
    r"(source|version|required_version|depends_on|providers?|alias|ignore_changes|default)$"
)
"""Arguments in which Terraform rejects a variable, and defaults, which declare one."""
ARGUMENT = re.compile(r'^ *("?[\w:./*${}-]+"?) *= (?![=>])', re.MULTILINE)
BLOCK_OF_TERRAFORM = re.compile(r"^(terraform|variable|moved|removed|import) .*?^}", re.MULTILINE | re.DOTALL)


def hidden_arguments(text):
    """Yield `name` and *text* with the value of one argument replaced by a variable without a default."""
    fixed = [match.span() for match in BLOCK_OF_TERRAFORM.finditer(text)]
    for match in ARGUMENT.finditer(text):
        is_fixed = LITERAL_IN_TERRAFORM.match(match[1]) or any(first <= match.start() < end for first, end in fixed)
        if not is_fixed:
            line = text.count("\n", 0, match.end()) + 1
            end = end_of_expression(text, match.end())
            yield f"{line}: {match[1]}", f'{text[: match.end()]}var.hidden{text[end:]}\nvariable "hidden" {{}}\n'


def end_of_expression(text, start):
    """Return where the expression at *start* ends: the comma or the end of the line outside brackets and heredocs."""
    if heredoc := re.compile(r"<<[-~]?(\w+)\n.*?^ *\1$", re.MULTILINE | re.DOTALL).match(text, start):
        return heredoc.end()
    depth = 0
    for token in re.compile(r'"(?:\\.|\$\{[^}]*\}|[^"\\])*"|[^"]', re.DOTALL).finditer(text, start):
        if depth == 0 and token[0] in ",\n})]":
            return token.start()
        depth += (token[0] in "{[(") - (token[0] in "}])")
    return len(text)


def statuses(policy, case, main):
    stack, *_ = together([stack for path in (main, *case.neighbors) for stack in read(path)])
    return {(result.address, result.status) for result in evaluate(stack, [policy], load(case.folder))}


def lost(policy, case, folder):
    """Yield the arguments without which a failing address neither fails nor is not evaluated."""
    copy(case.files, folder)
    text = case.main.read_text(encoding="utf-8")
    main = folder if len(list(folder.glob("*.tf"))) > 1 else folder / MAIN
    failed = {address for address, status in statuses(policy, case, main) if status == "failed"}
    for name, changed in hidden_arguments(text):
        (folder / MAIN).write_text(changed, encoding="utf-8")
        after = {address: status for address, status in sorted(statuses(policy, case, main)) if status != "passed"}
        if "" not in after and (gone := failed - after.keys()):
            yield f"{case.name}:{name}: {', '.join(sorted(gone))}"


@pytest.mark.parametrize("policy", policies(), ids=lambda policy: policy.slug)
def test_a_hidden_argument_does_not_hide_a_failure(policy, tmp_path):
    found = [loss for case in cases([policy.slug]) if case.kind == "bad" for loss in lost(policy, case, tmp_path)]
    if policy.slug in EXCEPTIONS:
        assert found, "remove the exception"
    else:
        assert found == []


def test_there_are_at_most_thirty_exceptions():
    assert len(EXCEPTIONS) <= 30
