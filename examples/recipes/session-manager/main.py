"""Session Manager: a role that opens logged shells on instances with one tag; no inbound port, no key, no internet."""

from __future__ import annotations

from plainwork import App, DataSource, Network, Provider, Resource, Stack, VpcEndpoints, jsonencode
from plainwork.iam import account_root, allow, condition, grant

APPLICATION = "shop"  # sessions are allowed on instances with this value of the tag Application
RUN_AS = "ec2-user"  # a user of the operating system on each of these instances
ACCOUNT_ID = "123456789012"
REGION = "eu-west-1"
VPC_ID = "vpc-0123456789abcdef0"
SUBNET_IDS = {"euw1-az1": "subnet-0a1b2c3d4e5f60001", "euw1-az2": "subnet-0a1b2c3d4e5f60002"}
LOG_GROUP = "/session-manager/prod"
LOG_GROUP_ARN = f"arn:aws:logs:{REGION}:{ACCOUNT_ID}:log-group:{LOG_GROUP}"
INSTANCES = f"arn:aws:ec2:{REGION}:{ACCOUNT_ID}:instance/*"
CHANNELS = [f"ssmmessages:{verb}{channel}Channel" for verb in ("Create", "Open") for channel in ("Control", "Data")]


def build(app: App) -> Stack:
    stack = Stack(app, "session-manager")
    Provider(
        stack,
        "aws",
        version="~> 5.100",
        region=REGION,
        allowed_account_ids=[ACCOUNT_ID],
        default_tags={"tags": {"Environment": "prod", "Owner": "platform"}},
    )
    key = session_key(stack)
    logs = {"name": LOG_GROUP, "retention_in_days": 400, "kms_key_id": key["arn"]}
    log_group = Resource(stack, "aws_cloudwatch_log_group", "sessions", **logs)
    preferences = {
        "cloudWatchLogGroupName": log_group["name"],
        "cloudWatchEncryptionEnabled": True,
        "cloudWatchStreamingEnabled": True,
        "kmsKeyId": key["arn"],
        "runAsEnabled": True,
        "maxSessionDuration": "60",
    }
    document = Resource(
        stack,
        "aws_ssm_document",
        "preferences",
        name="SSM-SessionManagerRunShell",
        document_type="Session",
        content=jsonencode({"schemaVersion": "1.0", "sessionType": "Standard_Stream", "inputs": preferences}),
    )
    instances(stack, key)
    operators(stack, key, document)
    return stack


def session_key(stack: Stack) -> Resource:
    """The key of the sessions and of their logs."""
    logs = {"type": "Service", "identifiers": [f"logs.{REGION}.amazonaws.com"]}
    of_group = condition("ArnEquals", "kms:EncryptionContext:aws:logs:arn", LOG_GROUP_ARN)
    uses = ["kms:Decrypt*", "kms:Describe*", "kms:Encrypt*", "kms:GenerateDataKey*", "kms:ReEncrypt*"]
    statement = [
        allow("DelegateToIam", ["kms:*"], ["*"], principals=account_root(REGION, ACCOUNT_ID)),
        allow("EncryptLogs", uses, ["*"], of_group, principals=logs),
    ]
    policy = DataSource(stack, "aws_iam_policy_document", "key", statement=statement)["json"]
    return Resource(stack, "aws_kms_key", "sessions", description=LOG_GROUP, enable_key_rotation=True, policy=policy)


def instances(stack: Stack, key: Resource) -> None:
    """Profile and security group of the instances, and the endpoints in place of a route to the internet."""
    ec2 = {"type": "Service", "identifiers": ["ec2.amazonaws.com"]}
    statement = [allow("TrustEc2", ["sts:AssumeRole"], [], principals=ec2)]
    trust = DataSource(stack, "aws_iam_policy_document", "instance_trust", statement=statement)["json"]
    name = f"{APPLICATION}-instance"
    role = Resource(stack, "aws_iam_role", "instance", name=name, assume_role_policy=trust)
    Resource(stack, "aws_iam_instance_profile", "instance", name=name, role=role["name"])
    logs = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]
    agent = [
        allow("RegisterInstance", ["ssm:UpdateInstanceInformation"], [INSTANCES]),
        allow("OpenChannels", [*CHANNELS, "logs:DescribeLogGroups"], ["*"]),
        allow("WriteLogs", logs, [f"{LOG_GROUP_ARN}:*"]),
        allow("DecryptSessions", ["kms:Decrypt"], [key["arn"]]),
    ]
    grant(stack, role, name="agent", statements=agent)
    group = Resource(stack, "aws_security_group", "instance", name=name, description=name, vpc_id=VPC_ID)
    endpoints = VpcEndpoints(
        stack,
        "private",
        network=Network(VPC_ID, SUBNET_IDS),
        perimeter=[ACCOUNT_ID],
        clients=[group],
        gateway_endpoints=[],
        interface_endpoints=["kms", "logs", "ssm", "ssmmessages"],
    )
    endpoints.client_egress_rules(group)


def operators(stack: Stack, key: Resource, document: Resource) -> None:
    """The role that people of the account assume, with MFA, to open a shell."""
    mfa = condition("Bool", "aws:MultiFactorAuthPresent", "true")
    statement = [allow("TrustAccount", ["sts:AssumeRole"], [], mfa, principals=account_root(REGION, ACCOUNT_ID))]
    trust = DataSource(stack, "aws_iam_policy_document", "operator_trust", statement=statement)["json"]
    arguments = {"name": f"{APPLICATION}-operator", "assume_role_policy": trust, "tags": {"SSMSessionRunAs": RUN_AS}}
    role = Resource(stack, "aws_iam_role", "operator", **arguments)
    listed = condition("BoolIfExists", "ssm:SessionDocumentAccessCheck", "true")
    tagged = condition("StringEquals", "aws:ResourceTag/Application", APPLICATION)
    own = condition("StringLike", "ssm:resourceTag/aws:ssmmessages:session-id", "&{aws:userid}")
    any_session = f"arn:aws:ssm:{REGION}:{ACCOUNT_ID}:session/*"
    sessions = [
        allow("StartOnTaggedInstances", ["ssm:StartSession"], [INSTANCES], tagged, listed),
        allow("StartWithPreferences", ["ssm:StartSession"], [document["arn"]], listed),
        allow("EndOwnSessions", ["ssm:ResumeSession", "ssm:TerminateSession"], [any_session], own),
        allow("EncryptSessions", ["kms:GenerateDataKey"], [key["arn"]]),
    ]
    grant(stack, role, name="sessions", statements=sessions)


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
