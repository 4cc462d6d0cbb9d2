"""A certificate of ACM that is validated by DNS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plainwork import Resource

if TYPE_CHECKING:
    from plainwork import Construct
    from stacks.deployment import Domain


def validated_certificate(scope: Construct, domain: Domain) -> Resource:
    """Return the validation of a certificate, whose `certificate_arn` is known when ACM has issued the certificate."""
    certificate = Resource(
        scope,
        "aws_acm_certificate",
        domain_name=domain.name,
        validation_method="DNS",
        lifecycle={"create_before_destroy": True},
    )
    option = f"one({certificate.address}.domain_validation_options)"
    record = Resource(
        scope,
        "aws_route53_record",
        "validation",
        zone_id=domain.zone_id,
        name=f"${{{option}.resource_record_name}}",
        type=f"${{{option}.resource_record_type}}",
        records=[f"${{{option}.resource_record_value}}"],
        ttl=300,
        allow_overwrite=True,
    )
    return Resource(
        scope,
        "aws_acm_certificate_validation",
        certificate_arn=certificate["arn"],
        validation_record_fqdns=[record["fqdn"]],
    )
