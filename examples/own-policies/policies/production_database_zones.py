from plainwork_policies.api import Findings, Resource, policy


def is_production(database: Resource) -> bool:
    """Return whether the tag `Environment` of *database* is `prod`."""
    return database["tags"].map()["Environment"].string(default="") == "prod"


@policy("ACME_008", "production-database-zones", severity="high", on="aws_db_instance", where=is_production)
def production_database_zones(database: Resource) -> Findings:
    """RDS database in production has no standby in another Availability Zone."""
    multi_az = database["multi_az"]
    if not multi_az.bool(default=False):
        yield multi_az.fail(f"`multi_az` is {multi_az.state} in production", remedy="Set `multi_az = true`.")
