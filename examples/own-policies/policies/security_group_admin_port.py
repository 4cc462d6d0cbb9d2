from plainwork_policies.api import Block, Findings, Resource, check_each, policy

PORTS = (22, 3389)


@policy("ACME_009", "security-group-admin-port", severity="high", on="aws_security_group")
def security_group_admin_port(group: Resource) -> Findings:
    """Security group allows an administration port."""
    yield from check_each(group.blocks("ingress"), admin_port)


def admin_port(rule: Block) -> Findings:
    """Yield a failure if *rule* includes an administration port; each rule is checked, also after an unknown one."""
    first, last = rule["from_port"], rule["to_port"].number()
    if found := [port for port in PORTS if first.number() <= port <= last]:
        yield first.fail(f"the rule includes port `{found[0]}`", remedy="Use Session Manager, and remove the rule.")
