from plainwork_policies.api import Findings, Resource, policy


@policy("ACME_007", "database-protection-disabled", severity="high", on=("aws_db_instance", "aws_rds_cluster"))
def database_protection_disabled(database: Resource) -> Findings:
    """RDS database can be deleted without a second step."""
    protection = database["deletion_protection"]
    if not protection.bool(default=False):
        message = f"`deletion_protection` is {protection.state}; it must be `true`"
        yield protection.fail(message, remedy="Set `deletion_protection = true`.")
