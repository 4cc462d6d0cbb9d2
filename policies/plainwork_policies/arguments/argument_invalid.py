"""Argument has a value that AWS rejects.

What: An argument of a resource with a value that is not one of the valid values, out of range, too long or of another
    form, or two arguments that contradict each other, such as a `min_capacity` above `max_capacity`. The rules are
    those that the provider does not check.
Why: `terraform validate` and `terraform plan` accept the value. AWS rejects it during apply, when some of the resources
    exist already.
Remedy: Set the argument to a value that AWS accepts.
Limitations: About 40 resource types have rules. A value that AWS has added after the date of the table, which
    `plainwork --version --verbose` shows, is a finding. Names of S3 buckets are checked by `s3-bucket-name-invalid`,
    and arguments of EFS access points by `efs-arguments-invalid`.
"""

from __future__ import annotations

from typing import Any

from plainwork_core.argument_rules.relations import Relation, relations, types_with_relations
from plainwork_core.argument_rules.values import Problem, ValueRule, types_with_value_rules, value_rules
from plainwork_core.model.references import is_computed_by_provider
from plainwork_policies.api import Argument, Block, Findings, Resource, check_each, flattened, policy

_CHECKED_ELSEWHERE = ("aws_efs_access_point",)
_TYPES = sorted({*types_with_value_rules(), *types_with_relations()}.difference(_CHECKED_ELSEWHERE))


def has_argument_with_rule(resource: Resource) -> bool:
    """Return whether the configuration has an argument with a rule, known or not."""
    return bool(relations(resource.type) or _rules(resource))


@policy(
    "PLW_ARG_001",
    "argument-invalid",
    severity="medium",
    on=tuple(_TYPES),
    where=has_argument_with_rule,
    links=("https://github.com/boto/botocore/tree/develop/botocore/data",),
)
def argument_invalid(resource: Resource) -> Findings:
    """Check each argument, then the arguments that depend on each other."""
    yield from check_each(_rules(resource), lambda found: _value_problems(resource, *found))
    yield from check_each(relations(resource.type), lambda relation: _relation_problems(resource, relation))


def _rules(resource: Resource) -> list[tuple[str, ValueRule]]:
    """Return the rules of the arguments that *resource* has, each with the path of the argument."""
    found = (
        (path, rule, resource.owner.get(path.partition(".")[0])) for path, rule in value_rules(resource.type).items()
    )
    return [(path, rule) for path, rule, value in found if value is not None and not is_computed_by_provider(value)]


def _value_problems(resource: Resource, path: str, rule: ValueRule) -> Findings:
    arguments = resource.arguments(path)
    values = flattened(arguments, lambda argument: argument.members()) if rule.each else arguments
    yield from check_each(values, lambda argument: _failures(argument, rule))


def _failures(argument: Argument, rule: ValueRule) -> Findings:
    if (problem := rule.problem(argument.name, argument.string(default=None))) is not None:
        yield argument.fail(problem.message, remedy=problem.remedy)


def _relation_problems(resource: Resource, relation: Relation) -> Findings:
    yield from check_each(_blocks(resource, relation.block), lambda block: _block_problems(block, relation))


def _block_problems(block: Block, relation: Relation) -> Findings:
    yield from (_failure(block, problem) for problem in relation.problems(block))


def _failure(block: Block, problem: Problem) -> Any:
    return block[problem.argument].fail(problem.message, remedy=problem.remedy)


def _blocks(block: Block, path: str) -> list[Block]:
    if not path:
        return [block]
    name, _, rest = path.partition(".")
    return [nested for found in block.blocks(name) for nested in _blocks(found, rest)]
