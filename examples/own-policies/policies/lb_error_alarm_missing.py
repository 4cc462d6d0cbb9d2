from plainwork_policies.api import Findings, Resource, policy, some

ALARM, METRIC = "aws_cloudwatch_metric_alarm", "HTTPCode_ELB_5XX_Count"


@policy("ACME_003", "lb-error-alarm-missing", severity="medium", on="aws_lb")
def lb_error_alarm_missing(balancer: Resource) -> Findings:
    """Load balancer has no alarm on 5xx responses."""
    alarms = balancer.referenced_by(ALARM, "dimensions.LoadBalancer", "arn_suffix")
    if not some(alarms, lambda alarm: alarm["metric_name"].string() == METRIC):
        yield balancer.fail(
            f"no `{ALARM}` on `{METRIC}` refers to it", remedy=f"Add an `{ALARM}` with its `arn_suffix`."
        )
