"""The quotas of an account, and what it has in use: asked with boto3, for one Region at a time.

https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_ListServiceQuotas.html
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError

from plainwork_core.doctor.diagnosis import Problem, Progress, silent
from plainwork_core.doctor.limits.examination import Account, Use
from plainwork_core.doctor.limits.quotas import Quota
from plainwork_core.doctor.online.failures import Failure
from plainwork_core.doctor.online.service import READ_SECONDS, Service, limited

_GLOBAL = {"route53": "us-east-1"}
"""Services whose quotas are in one Region: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html"""
_MOST_PAGES = 200


def read_account(
    found: Iterable[Use], regions: Iterable[str], progress: Progress = silent, read_seconds: float = READ_SECONDS
) -> Account:
    """Return the quotas and the use of the account for what a plan has.

    Args:
        found: what the plan has.
        regions: that its resources are in.
        progress: called before each request.
        read_seconds: how long an answer may take.
    """
    wanted = {use.quota.id: use.quota for use in found}
    limits: dict[str, int] = {}
    in_use: dict[tuple[str, str], int] = {}
    problems: list[Problem] = []
    for region in sorted(regions):
        asked = RegionalServices(region, progress, read_seconds, problems)
        for id_, value in asked.limits(wanted.values()):
            limits[id_] = min(value, limits.get(id_, value))
        in_use |= {(id_, scope): number for id_, scope, number in asked.in_use(wanted)}
    return Account(limits, in_use, tuple(dict.fromkeys(problems)))


class RegionalServices:
    """Asks the services of one Region."""

    def __init__(self, name: str, progress: Progress, read_seconds: float, problems: list[Problem]) -> None:
        self.name, self.progress, self.read_seconds, self.problems = name, progress, read_seconds, problems

    def limits(self, wanted: Iterable[Quota]) -> Iterator[tuple[str, int]]:
        """Yield the quotas of the account by id."""
        by_service: dict[str, list[Quota]] = {}
        for quota in wanted:
            by_service.setdefault(quota.service, []).append(quota)
        for service, quotas in by_service.items():
            region = _GLOBAL.get(service, self.name)
            rows = self._pages("service-quotas", "ListServiceQuotas", "Quotas", region, ServiceCode=service)
            values = {row["QuotaName"].lower(): int(row["Value"]) for row in rows}
            for quota in quotas:
                if quota.name.lower() in values:
                    yield quota.id, values[quota.name.lower()]

    def in_use(self, wanted: Mapping[str, Quota]) -> Iterator[tuple[str, str, int]]:
        """Yield the number in use by id and scope, for the quotas that are counted for a Region or a VPC."""
        asked: dict[tuple[str, str, str], Rows] = {}
        for id_, (service, operation, member, count) in _IN_USE.items():
            if id_ in wanted:
                request = (service, operation, member)
                if request not in asked:
                    asked[request] = list(self._pages(*request, self.name))
                yield from ((id_, scope or self.name, number) for scope, number in count(asked[request]).items())

    def _pages(self, service: str, operation: str, member: str, region: str, **parameters: Any) -> Iterator[Any]:
        """Yield the members of all pages of an answer; a failure is a problem, and ends the pages."""
        try:
            client = self.client(service, region)
        except (BotoCoreError, ValueError) as error:
            self.problems.append(Problem(f"{service} in {region}", str(error)))
            return
        token: dict[str, str] = {}
        for _ in range(_MOST_PAGES):
            answer = client.ask(operation, **parameters, **token)
            if isinstance(answer, Failure):
                self.problems.append(Problem(f"{service} in {region}", answer.text))
                return
            yield from answer.get(member, ())
            name = next((one for one in ("NextToken", "Marker") if answer.get(one)), None)
            if name is None:
                return
            token = {name: answer[name]}

    def client(self, service: str, region: str) -> Service:
        """Return a service of a Region, with the credentials of the environment."""
        return Service(service, boto3.client(service, region, config=limited(self.read_seconds)), self.progress)


Rows = list[Mapping[str, Any]]


def _number(rows: Rows) -> dict[str, int]:
    return {"": len(rows)}


def _gateways(rows: Rows) -> dict[str, int]:
    return {"": sum(row["VpcEndpointType"] == "Gateway" for row in rows)}


def _interfaces_by_vpc(rows: Rows) -> dict[str, int]:
    return dict(Counter(row["VpcId"] for row in rows if row["VpcEndpointType"] == "Interface"))


def _nodes(rows: Rows) -> dict[str, int]:
    return {"": sum(row.get("NumCacheNodes", 0) for row in rows)}


_IN_USE: Mapping[str, tuple[str, str, str, Callable[[Rows], dict[str, int]]]] = {
    "network-interfaces": ("ec2", "DescribeNetworkInterfaces", "NetworkInterfaces", _number),
    "elastic-addresses": ("ec2", "DescribeAddresses", "Addresses", _number),
    "gateway-endpoints": ("ec2", "DescribeVpcEndpoints", "VpcEndpoints", _gateways),
    "interface-endpoints": ("ec2", "DescribeVpcEndpoints", "VpcEndpoints", _interfaces_by_vpc),
    "cache-nodes": ("elasticache", "DescribeCacheClusters", "CacheClusters", _nodes),
}
"""For each quota of a Region or a VPC: service, operation, member of its answer, and the number by scope.

The scope `""` is the Region.
"""
