"""Route 53 aliases of load balancers."""

from __future__ import annotations

from plainwork_core.aws.elb import RESOURCE_TYPES, is_load_balancer_name
from plainwork_core.model.references import names_attribute, referents
from plainwork_core.model.values import Unknown
from plainwork_policies.api import Resource


def is_load_balancer_alias(record: Resource) -> bool:
    """Return whether *record* is an alias of a load balancer, by its DNS name or by a reference to its resource."""
    name = record["alias.name"]
    if not isinstance(name.raw, Unknown) or not names_attribute(name.raw):
        return is_load_balancer_name(name.string(""))
    answers = {target.type in RESOURCE_TYPES for target in referents(record.stack, record.owner, name.raw)}
    if len(answers) != 1:
        raise name.not_evaluated(name.raw)
    return answers.pop()
