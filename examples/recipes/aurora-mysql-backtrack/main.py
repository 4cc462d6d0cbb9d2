"""Aurora MySQL with a backtrack window, point-in-time recovery, and alarms on both."""

from __future__ import annotations

from plainwork import App, Provider, Resource, Stack

NAME = "shop"
BACKTRACK_HOURS = 24  # at most 72; the cluster can be set back in place by this time
RESTORE_DAYS = 14  # at most 35; a new cluster can be restored to any second of this time
CHANGE_RECORDS = 5_000_000  # that five busy minutes write
VERSION = "8.0.mysql_aurora.3.10.0"
INSTANCE_CLASS = "db.r7g.large"
SUBNETS = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002", "subnet-0a1b2c3d4e5f60003"]
SECURITY_GROUP = "sg-0123456789abcdef0"  # that clients reach on port 3306
PAGER = "arn:aws:sns:eu-west-1:123456789012:pager"


def build(app: App) -> Stack:
    stack = Stack(app, "aurora-mysql-backtrack")
    Provider(
        stack,
        "aws",
        version="~> 5.100",
        region="eu-west-1",
        allowed_account_ids=["123456789012"],
        default_tags={"tags": {"Environment": "prod", "Owner": "platform"}},
    )
    subnets = Resource(stack, "aws_db_subnet_group", NAME, name=NAME, subnet_ids=SUBNETS)
    parameters = Resource(
        stack,
        "aws_rds_cluster_parameter_group",
        NAME,
        name=NAME,
        family="aurora-mysql8.0",
        parameter=[
            {"name": "require_secure_transport", "value": "ON"},
            {"name": "slow_query_log", "value": "1"},
        ],
    )
    logs = [
        Resource(stack, "aws_cloudwatch_log_group", log, name=f"/aws/rds/cluster/{NAME}/{log}", retention_in_days=365)
        for log in ("error", "slowquery")
    ]
    cluster = Resource(
        stack,
        "aws_rds_cluster",
        NAME,
        cluster_identifier=NAME,
        engine="aurora-mysql",
        engine_version=VERSION,
        db_subnet_group_name=subnets["name"],
        vpc_security_group_ids=[SECURITY_GROUP],
        db_cluster_parameter_group_name=parameters["name"],
        master_username="dba",
        manage_master_user_password=True,
        iam_database_authentication_enabled=True,
        storage_encrypted=True,
        backtrack_window=BACKTRACK_HOURS * 3600,
        backup_retention_period=RESTORE_DAYS,
        copy_tags_to_snapshot=True,
        deletion_protection=True,
        final_snapshot_identifier=f"{NAME}-final",
        enabled_cloudwatch_logs_exports=["error", "slowquery"],
        depends_on=logs,
    )
    for number in (1, 2):
        Resource(
            stack,
            "aws_rds_cluster_instance",
            f"{NAME}_{number}",
            identifier=f"{NAME}-{number}",
            cluster_identifier=cluster["id"],
            engine=cluster["engine"],
            instance_class=INSTANCE_CLASS,
            auto_minor_version_upgrade=True,
        )
    volume = {"DBClusterIdentifier": cluster["cluster_identifier"]}
    writer = {**volume, "Role": "WRITER"}
    for name, metric_name, dimensions, statistic, threshold in (
        ("window", "BacktrackWindowAlert", writer, "Sum", 0),
        ("changes", "BacktrackChangeRecordsCreationRate", volume, "Average", CHANGE_RECORDS),
    ):
        Resource(
            stack,
            "aws_cloudwatch_metric_alarm",
            f"backtrack_{name}",
            alarm_name=f"{NAME}-backtrack-{name}",
            namespace="AWS/RDS",
            metric_name=metric_name,
            dimensions=dimensions,
            statistic=statistic,
            period=300,
            evaluation_periods=1,
            comparison_operator="GreaterThanThreshold",
            threshold=threshold,
            treat_missing_data="notBreaching",
            alarm_actions=[PAGER],
        )
    return stack


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
