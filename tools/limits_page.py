"""Writes `docs/limits.md` from the table of quotas: `python -m tools.limits_page [--check]`."""

from __future__ import annotations

import sys
from pathlib import Path

from plainwork_core.doctor.limits.quotas import Quota, quotas
from tools.generated import write

PAGE = Path(__file__).parent.parent / "docs" / "limits.md"
_HEAD = """\
# Limits that fail late

Some quotas of AWS fail an apply after it has created half of the resources. `plainwork doctor --plan` counts what a
plan has, and compares it with the quotas:

```sh
terraform show -json plan.out > plan.json
plainwork doctor --plan plan.json            # with the default quotas of AWS; no credentials, no network
plainwork doctor --plan plan.json --online   # with the quotas of the account, and what it has in use
```

```text
  RISK           Plan exceeds the quota: EC2-VPC Elastic IPs (likely)  quota-elastic-addresses
  evidence       6 for eu-west-1; the default quota is 5 per Region
                 aws_eip.nat[0], aws_eip.nat[1], aws_eip.nat[2] and 3 more
  cause          The apply fails when it reaches the quota, after it has created the rest.
  fix            plainwork doctor --plan PLAN --online   # compares with the quota of the account
```

PLAN is a plan in JSON, or a directory with HCL. A number above a default that an account can raise is a risk, because
the account may have another quota; above the quota of the account, or above one that AWS raises for no account, it is a
fault. Exit codes: 0 nothing is exceeded, 1 a quota is, 2 something could not be read. From half of a quota on, the
report shows the number.

What a value that is known only after apply adds is not counted, so the numbers are minimums. Offline, resources outside
the plan are unknown. `--online` requires `pip install 'plainwork[doctor]'` and reads `servicequotas:ListServiceQuotas`,
`ec2:DescribeNetworkInterfaces`, `ec2:DescribeAddresses`, `ec2:DescribeVpcEndpoints` and
`elasticache:DescribeCacheClusters` in the Regions of the provider configurations; it writes nothing.

Network interfaces are those of interface endpoints, load balancers and mount targets (one for each subnet), of Lambda
functions (one for each pair of subnet and security groups), of the tasks of ECS services with a network configuration
(as many as scaling allows), and of NAT gateways.

| Quota | Default | Counted for | Can be raised |
|---|---|---|---|
"""


def page() -> str:
    """Return the text of the page."""
    return _HEAD + "".join(map(_row, quotas().values()))


def _row(quota: Quota) -> str:
    raised = "yes" if quota.adjustable else "no"
    return f"| [{quota.name}]({quota.source}) | {quota.default:,} | {quota.per} | {raised} |\n"


if __name__ == "__main__":
    sys.exit(write({PAGE: page()}, sys.argv[1:]))
