"""The services with VPC endpoints, from the AWS CDK and the AWS documentation (`tools/data.py`).

Only facts of aws-cdk-lib (Apache-2.0) are copied: names, prefixes by Region, ports. A field that neither aws-cdk-lib
nor a page in the tables below documents is null.
"""

from __future__ import annotations

import io
import json
import re
import tarfile
from typing import Any

from tools.packages import Package

MEMBER = "package/aws-ec2/lib/vpc-endpoint.js"

SOURCES = {
    "ecs": "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html",
    "eks": "https://docs.aws.amazon.com/eks/latest/userguide/vpc-interface-endpoints.html",
    "cross_region": "https://docs.aws.amazon.com/vpc/latest/privatelink/"
    "aws-services-cross-region-privatelink-support.html",
    "list": "https://github.com/awsdocs/amazon-vpc-user-guide/blob/0d06781fcb6f25d7a53b1ea9366dc36482d5b212/"
    "doc_source/integrated-services-vpce-list.md",
    "guide": "https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html",
    "accelerator": "https://github.com/awslabs/landing-zone-accelerator-on-aws/blob/"
    "e7ebf79c73a79dffba4c7cd5eab90d01c2d8f770/source/packages/@aws-accelerator/accelerator/lib/stacks/"
    "network-stacks/network-vpc-endpoints-stack/network-vpc-endpoints-stack.ts",
    "perimeter": "https://github.com/aws-samples/data-perimeter-policy-examples/tree/"
    "8e0d3c5179a45dca414d4ea1f3a7b544aba02009/vpc_endpoint_policies",
    "gateway": "https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html",
    "cloudtrail": "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-and-interface-VPC.html",
    "datasync": "https://docs.aws.amazon.com/datasync/latest/userguide/doc-history.html",
    "ebs": "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-apis-vpc-endpoints.html",
    "neptune": "https://docs.aws.amazon.com/neptune-analytics/latest/userguide/"
    "gettingStarted-connecting-private-link-create-policy.html",
    "dynamodb": "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/privatelink-interface-endpoints.html",
    "streams": "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/privatelink-streams.html",
    "transfer": "https://docs.aws.amazon.com/transfer/latest/userguide/vpc-api-endpoints.html",
    "wireless": "https://docs.aws.amazon.com/iot-wireless/latest/developerguide/vpc-interface-endpoints.html",
}

NOT_IN_THE_CDK: dict[str, dict[str, Any]] = {
    "apigateway": {},
    "appconfig-fips": {},
    "appconfigdata-fips": {},
    "bedrock-mantle": {},
    "eks-fips": {},
    "iot.api": {},
    "kinesisanalytics": {},
    "kinesisanalytics-fips": {},
    "route53": {"prefix": "com.amazonaws", "global": True},
}
"""Services that only the pages `guide`, `eks` and `cross_region` list."""

CROSS_REGION = (
    "s3 iam ecr.api ecr.dkr kms kms-fips ecs lambda kinesis-firehose kinesisanalytics kinesisanalytics-fips route53"
)

ENDPOINT_POLICY = {
    "gateway": "s3 dynamodb",
    "list": "application-autoscaling athena autoscaling autoscaling-plans acm-pca clouddirectory monitoring events "
    "logs codeartifact.api codeartifact.repositories codebuild codecommit git-codecommit codedeploy "
    "codedeploy-commands-secure comprehend dataexchange ec2 imagebuilder elasticbeanstalk elasticbeanstalk-health "
    "elasticfilesystem elasticloadbalancing ecr.api ecr.dkr elasticmapreduce execute-api frauddetector kendra kms "
    "cassandra kinesis-firehose kinesis-streams lambda license-manager qldb.session rds rds-data redshift rekognition "
    "sagemaker.api sagemaker.runtime notebook secretsmanager sts sns sqs states transcribe transcribestreaming",
    "ecs": "ecs",
    "cloudtrail": "cloudtrail",
    "datasync": "datasync",
    "ebs": "ebs",
    "neptune": "neptune-graph-data",
    "perimeter": "cloudformation iam iot.api ssm",
    "transfer": "transfer",
}

# The accelerator is code of AWS, not a page, and older than the endpoint policies of some services; a page of a service
# takes precedence. Without the accelerator's list, `VpcEndpoints` would attach policies that AWS rejects.
NO_ENDPOINT_POLICY = {
    "accelerator": "appmesh-envoy-management appstream.api appstream.streaming codeguru-profiler "
    "codeguru-reviewer codepipeline deviceadvisor.iot elastic-inference.runtime iot.data "
    "iotsitewise.api iotsitewise.data macie2 aps aps-workspaces awsconnector sms sms-fips email-smtp storagegateway "
    "transfer.server",
    "guide": "apprunner.requests",
    "neptune": "neptune-graph",
    "wireless": "iotwireless.api lorawan.cups lorawan.lns",
}

PRIVATE_DNS = {"eks": "eks eks-auth eks-fips"}
NO_PRIVATE_DNS = {"dynamodb": "dynamodb dynamodb-fips", "streams": "dynamodb-streams"}

_CONSTANT = re.compile(r'static \w+=new (Interface|Gateway)VpcEndpointAwsService\("([^"]+)"(?:,([^;]*))?\);')
_REGION = re.compile(r'"([a-z]{2,4}-[a-z-]+-\d)":\[([^\]]*)\]')
_PREFIX_FUNCTION = "getDefaultEndpointPrefix(name,region){"
_SUFFIX_FUNCTION = "getDefaultEndpointSuffix(name,region){"
_PREFIX = re.compile(r'((?:case"[a-z0-9-]+":)+)return"([a-z0-9.-]+)"')


def write(stamp: dict[str, Any], cdk: Package) -> bytes:
    """Return the content of `vpc_endpoint_services.json`."""
    text = source(cdk)
    services = with_facts(services_of(text))
    head = {
        "stamp": stamp,
        "also": SOURCES,
        "prefixes": prefixes_of(text),
        "suffixes": listed(between(text, _SUFFIX_FUNCTION, "[region]")),
    }
    lines = [f"  {json.dumps(name)}: {json.dumps(services[name])}" for name in sorted(services)]
    body = json.dumps(head, indent=1).removesuffix("\n}")
    return (f'{body},\n "services": {{\n' + ",\n".join(lines) + "\n }\n}\n").encode()


def source(cdk: Package) -> str:
    """Return the text of `MEMBER`, which is in an npm package in the wheel."""
    package = next(content for name, content in cdk.members("").items() if name.endswith(".jsii.tgz"))
    with tarfile.open(fileobj=io.BytesIO(package)) as members:
        return b"".join(members.extractfile(MEMBER) or ()).decode()


def services_of(text: str) -> dict[str, dict[str, Any]]:
    """Return each service that has a constant, with the fields that are not usual."""
    services: dict[str, dict[str, Any]] = {}
    for kind, name, rest in _CONSTANT.findall(text):
        service = services.setdefault(name, {"endpoint_types": []})
        if kind not in service["endpoint_types"]:
            service["endpoint_types"].append(kind)
        prefix, port, props = (*(part.strip() for part in rest.split(",", 2)), "", "", "")[:3]
        if prefix.strip('"') and prefix != "void 0":
            service["prefix"] = prefix.strip('"')
        if port.isdigit():
            service["port"] = int(port)
        if "global:!0" in props:
            service["global"] = True
    return services


def with_facts(services: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return the services with the facts of the AWS documentation.

    Raises:
        KeyError: a table contains a service or a source that does not exist.
    """
    every = services | {name: {"endpoint_types": ["Interface"], **more} for name, more in NOT_IN_THE_CDK.items()}
    for name, service in every.items():
        service |= {"fips": None, "private_dns": None, "endpoint_policy": None, "cross_region": False}
        if f"{name}-fips" in every:
            service["fips"] = f"{name}-fips"
    for field, value, table in (
        ("endpoint_policy", True, ENDPOINT_POLICY),
        ("endpoint_policy", False, NO_ENDPOINT_POLICY),
        ("private_dns", True, PRIVATE_DNS),
        ("private_dns", False, NO_PRIVATE_DNS),
        ("cross_region", True, {"cross_region": CROSS_REGION}),
    ):
        for page, names in table.items():
            for name in names.split():
                every[name][field] = value
            _ = SOURCES[page]
    return every


def prefixes_of(text: str) -> dict[str, dict[str, str]]:
    """Return, by Region, the prefix of some interface endpoints and their services."""
    part = between(text, _PREFIX_FUNCTION, _SUFFIX_FUNCTION)
    of_region = {
        region: prefix for cases, prefix in _PREFIX.findall(part) for region in re.findall(r'"([a-z0-9-]+)"', cases)
    }
    return {region: {"prefix": of_region[region], "services": names} for region, names in listed(part).items()}


def listed(part: str) -> dict[str, str]:
    """Return the services by Region, sorted and separated by spaces."""
    return {region: " ".join(sorted(re.findall(r'"([^"]+)"', names))) for region, names in _REGION.findall(part)}


def between(text: str, start: str, end: str) -> str:
    """Return the text between *start* and *end*."""
    return text.partition(start)[2].partition(end)[0]
