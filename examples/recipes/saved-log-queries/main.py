"""Saved queries of CloudWatch Logs Insights for the first questions of an incident."""

from __future__ import annotations

from plainwork import App, Provider, Resource, Stack

FOLDER = "shop-prod"
FUNCTIONS = ["/aws/lambda/invoices-prod-courier", "/aws/lambda/quotes-prod"]  # with log_format JSON
ACCESS = ["/shop/prod/access"]  # JSON: status, version, route, duration_ms, request_id
APPLICATION = ["/shop/prod/web", "/shop/prod/worker"]  # JSON: level, error, message, version, request_id
QUERIES = {
    "5xx by version": (
        ACCESS,
        """
fields floor(status / 500) as is_5xx
| stats sum(is_5xx) as errors, count(*) as requests, 100 * errors / requests as percent by version
| sort percent desc
""",
    ),
    "5xx by route": (
        ACCESS,
        """
filter status >= 500
| stats count(*) as errors, earliest(@timestamp) as since by route
| sort errors desc
""",
    ),
    "Slow routes": (
        ACCESS,
        """
stats pct(duration_ms, 50) as p50, pct(duration_ms, 99) as p99, count(*) as requests by route
| sort p99 desc
""",
    ),
    "Errors by version": (
        APPLICATION,
        """
filter level = "ERROR"
| stats count(*) as errors by error, version
| sort errors desc
| limit 50
""",
    ),
    "One request": (
        ACCESS + APPLICATION,
        """
filter request_id = "replace me"
| sort @timestamp asc
| display @timestamp, @log, level, status, message
""",
    ),
    "Cold starts": (
        FUNCTIONS,
        """
filter type = "platform.report"
| stats count(*) as invocations, count(record.metrics.initDurationMs) as cold_starts,
    100 * cold_starts / invocations as percent, pct(record.metrics.initDurationMs, 95) as p95_ms by @log
| sort percent desc
""",
    ),
    "Timeouts and failures": (
        FUNCTIONS,
        """
filter type = "platform.report" and record.status != "success"
| stats count(*) as invocations, max(record.metrics.maxMemoryUsedMB) as used_mb,
    max(record.metrics.memorySizeMB) as size_mb by @log, record.status
| sort invocations desc
""",
    ),
}


def build(app: App) -> Stack:
    stack = Stack(app, "saved-log-queries")
    Provider(
        stack,
        "aws",
        version="~> 5.100",
        region="eu-west-1",
        allowed_account_ids=["123456789012"],
        default_tags={"tags": {"Environment": "prod", "Owner": "shop"}},
    )
    for name, (log_groups, query) in QUERIES.items():
        Resource(
            stack,
            "aws_cloudwatch_query_definition",
            f"query_{name.lower().replace(' ', '_')}",
            name=f"{FOLDER}/{name}",
            log_group_names=log_groups,
            query_string=query.lstrip(),
        )
    return stack


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
