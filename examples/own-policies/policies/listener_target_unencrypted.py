from plainwork_policies.api import Findings, Resource, policy


@policy("ACME_014", "listener-target-unencrypted", severity="medium", on="aws_lb_listener")
def listener_target_unencrypted(listener: Resource) -> Findings:
    """HTTPS listener forwards to a target group over HTTP."""
    if listener["protocol"].string(default="HTTP") == "HTTPS":
        target = listener["default_action.target_group_arn"].resource("aws_lb_target_group", "arn")
        protocol = target["protocol"]
        if protocol.string() == "HTTP":
            message = f"`protocol` of `{target.address}` is `HTTP`; the traffic behind the listener is not encrypted"
            yield listener.fail(message, remedy=f'Set `protocol = "HTTPS"` in `{target.address}`.')
