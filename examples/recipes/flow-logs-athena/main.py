"""VPC flow logs in S3 as Parquet, an Athena table over them without a crawler, and saved queries."""

from __future__ import annotations

from plainwork import App, DataSource, Provider, Resource, Stack
from plainwork.iam import allow, condition, deny

VPC_ID = "vpc-0123456789abcdef0"
ACCOUNT_ID, REGION = "123456789012", "eu-west-1"
BUCKET = "example-prod-flow-logs"
DAYS = 90  # how long records are kept
LARGE = dict.fromkeys(("start", "end", "packets", "bytes"), "bigint")
SMALL = dict.fromkeys(("protocol", "srcport", "dstport", "tcp-flags", "traffic-path"), "int")
TEXT = dict.fromkeys(("action", "flow-direction", "interface-id", "pkt-srcaddr", "pkt-dstaddr"), "string")
FIELDS = LARGE | SMALL | TEXT
QUERIES = {
    "rejected-443": """
SELECT flow_direction, interface_id, pkt_srcaddr, pkt_dstaddr, sum(packets) AS packets
FROM flow_logs
WHERE datehour >= date_format(current_timestamp - interval '1' day, '%Y/%m/%d/%H')
  AND action = 'REJECT' AND protocol = 6 AND dstport = 443
GROUP BY 1, 2, 3, 4 ORDER BY packets DESC LIMIT 100
""",
    "top-talkers": """
SELECT pkt_srcaddr, pkt_dstaddr, traffic_path, sum(bytes) AS bytes
FROM flow_logs
WHERE datehour >= date_format(current_timestamp - interval '1' day, '%Y/%m/%d/%H')
  AND action = 'ACCEPT' AND flow_direction = 'egress'
GROUP BY 1, 2, 3 ORDER BY bytes DESC LIMIT 100
""",
    "port-scan": """
SELECT pkt_srcaddr, count(DISTINCT dstport) AS ports, count(DISTINCT pkt_dstaddr) AS hosts
FROM flow_logs
WHERE datehour >= date_format(current_timestamp - interval '1' day, '%Y/%m/%d/%H')
  AND action = 'REJECT' AND flow_direction = 'ingress' AND protocol = 6
GROUP BY 1 HAVING count(DISTINCT dstport) >= 50 OR count(DISTINCT pkt_dstaddr) >= 50 ORDER BY ports DESC
""",
}


def build(app: App) -> Stack:
    stack = Stack(app, "flow-logs-athena")
    tags = {"tags": {"Environment": "prod", "Owner": "platform"}}
    Provider(stack, "aws", version="~> 5.100", region=REGION, allowed_account_ids=[ACCOUNT_ID], default_tags=tags)
    bucket = Resource(stack, "aws_s3_bucket", "logs", bucket=BUCKET)
    blocked = ("block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets")
    Resource(stack, "aws_s3_bucket_public_access_block", "logs", bucket=bucket["id"], **dict.fromkeys(blocked, True))
    rules = [
        {"id": "expire-logs", "filter": {"prefix": "AWSLogs/"}, "expiration": {"days": DAYS}},
        {"id": "expire-results", "filter": {"prefix": "athena/"}, "expiration": {"days": 7}},
        {"id": "abort-uploads", "filter": {}, "abort_incomplete_multipart_upload": {"days_after_initiation": 7}},
    ]
    rules = [rule | {"status": "Enabled"} for rule in rules]
    Resource(stack, "aws_s3_bucket_lifecycle_configuration", "logs", bucket=bucket["id"], rule=rules)
    Resource(
        stack,
        "aws_flow_log",
        "vpc",
        vpc_id=VPC_ID,
        traffic_type="ALL",
        log_destination_type="s3",
        log_destination=bucket["arn"],
        log_format=" ".join(f"$${{{field}}}" for field in FIELDS),
        destination_options={"file_format": "parquet", "per_hour_partition": True},
        depends_on=[bucket_policy(stack, bucket)],
    )
    athena(stack, f"s3://{BUCKET}/AWSLogs/{ACCOUNT_ID}/vpcflowlogs/{REGION}")
    return stack


def bucket_policy(stack: Stack, bucket: Resource) -> Resource:
    """The log delivery service writes for this account and Region only, and every request needs TLS."""
    service = {"type": "Service", "identifiers": ["delivery.logs.amazonaws.com"]}
    account = condition("StringEquals", "aws:SourceAccount", ACCOUNT_ID)
    source = condition("ArnLike", "aws:SourceArn", f"arn:aws:logs:{REGION}:{ACCOUNT_ID}:*")
    acl = condition("StringEquals", "s3:x-amz-acl", "bucket-owner-full-control")
    arn, read = bucket["arn"], ["s3:GetBucketAcl", "s3:ListBucket"]
    logs = f"{arn}/AWSLogs/{ACCOUNT_ID}/*"
    statements = [
        allow("AWSLogDeliveryWrite", ["s3:PutObject"], [logs], account, source, acl, principals=service),
        allow("AWSLogDeliveryAclCheck", read, [arn], account, source, principals=service),
        deny("DenyWithoutTls", ["s3:*"], [arn, f"{arn}/*"], condition("Bool", "aws:SecureTransport", "false")),
    ]
    document = DataSource(stack, "aws_iam_policy_document", "logs", statement=statements)
    return Resource(stack, "aws_s3_bucket_policy", "logs", bucket=bucket["id"], policy=document["json"])


def athena(stack: Stack, location: str) -> None:
    """A table whose partitions are computed from the hour, and a workgroup that limits each query."""
    database = Resource(stack, "aws_glue_catalog_database", "network", name="network")
    hive, hour = "org.apache.hadoop.hive.ql.io.parquet", "projection.datehour"
    projection = {"type": "date", "format": "yyyy/MM/dd/HH", "range": f"NOW-{DAYS}DAYS,NOW"}
    projection |= {"interval": "1", "interval.unit": "HOURS"}
    parameters = {f"{hour}.{name}": value for name, value in projection.items()}
    parameters |= {"projection.enabled": "true", "storage.location.template": f"{location}/$${{datehour}}"}
    storage = {
        "location": f"{location}/",
        "input_format": f"{hive}.MapredParquetInputFormat",
        "output_format": f"{hive}.MapredParquetOutputFormat",
        "ser_de_info": {"serialization_library": f"{hive}.serde.ParquetHiveSerDe"},
        "columns": [{"name": field.replace("-", "_"), "type": type_} for field, type_ in FIELDS.items()],
    }
    columns = {"partition_keys": {"name": "datehour", "type": "string"}, "storage_descriptor": storage}
    of = {"database_name": database["name"], "name": "flow_logs", "table_type": "EXTERNAL_TABLE"}
    Resource(stack, "aws_glue_catalog_table", "flow_logs", parameters=parameters, **columns, **of)
    encryption = {"encryption_configuration": {"encryption_option": "SSE_S3"}}
    results = {"result_configuration": {"output_location": f"s3://{BUCKET}/athena/", **encryption}}
    limits = {"enforce_workgroup_configuration": True, "bytes_scanned_cutoff_per_query": 10 * 2**30}
    workgroup = Resource(stack, "aws_athena_workgroup", "network", name="network", configuration=limits | results)
    place = {"database": database["name"], "workgroup": workgroup["id"]}
    for name, query in QUERIES.items():
        Resource(stack, "aws_athena_named_query", name.replace("-", "_"), name=name, query=query.lstrip(), **place)


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
