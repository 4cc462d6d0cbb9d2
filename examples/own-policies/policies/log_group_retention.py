from plainwork_policies.api import Findings, Resource, policy

MIN_DAYS, MAX_DAYS = 30, 400


@policy("ACME_004", "log-group-retention", severity="medium", on="aws_cloudwatch_log_group")
def log_group_retention(group: Resource) -> Findings:
    """CloudWatch log group keeps its events for a time that is not allowed."""
    days = group["retention_in_days"]
    if not MIN_DAYS <= days.number(default=0) <= MAX_DAYS:
        message = f"`retention_in_days` is {days.state}; {MIN_DAYS} to {MAX_DAYS} days are allowed"
        yield days.fail(message, remedy="Set `retention_in_days = 90`.")
