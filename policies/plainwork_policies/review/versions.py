"""Version upgrades, recognized by the arguments that hold a version."""

from __future__ import annotations

from collections.abc import Sequence

from plainwork_core.diff.line import Line
from plainwork_policies.review.nouns import noun

_PREFIX = "version upgrade of"
_ARGUMENTS = ("engine", "engine_version", "runtime", "platform_version", "kafka_version", "release_label", "ami_type")
_BY_TYPE = {
    "aws_eks_cluster": ("version",),
    "aws_eks_node_group": ("version", "release_version"),
    "aws_eks_addon": ("addon_version",),
    "aws_mq_broker": ("engine_version",),
    "aws_opensearch_domain": ("engine_version",),
    "aws_elasticsearch_domain": ("elasticsearch_version",),
}
_BESIDE = ("parameter_group_name", "db_parameter_group_name", "db_cluster_parameter_group_name", "apply_immediately")


def upgrade(type_: str, address: str, lines: Sequence[Line]) -> str:
    """Return the version upgrade that *lines* are, as a sentence without an end; `""` if they are none."""
    arguments = (*_ARGUMENTS, *_BY_TYPE.get(type_, ()))
    versions = [line for line in lines if line.argument in arguments and line.before and line.after]
    if not versions:
        return ""
    named = ", ".join(f"`{line.argument}` {line.before} -> {line.after}" for line in versions)
    others = len(lines) - len(versions) - sum(line.argument in _BESIDE for line in lines)
    more = f", with {others} other differences" if others > 1 else ", with another difference" if others else ""
    return f"{_PREFIX} {noun(type_)} `{address}`: {named}{more}"


def is_upgrade(note: str) -> bool:
    """Return whether *note* is a sentence of `upgrade`."""
    return note.startswith(_PREFIX)
