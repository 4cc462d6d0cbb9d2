"""The actions that AWS requires for creation with tags and that the Service Authorization Reference omits.

From the API reference of each service, in the descriptions of botocore 1.44.5; of Amazon S3, Amazon ECS and Lambda from
their guides:
https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/supported-iam-actions-tagging.html
https://docs.aws.amazon.com/lambda/latest/dg/configuration-tags.html
"""

from __future__ import annotations

from collections.abc import Mapping

_CREATING: Mapping[tuple[str, ...], tuple[str, ...]] = {
    ("cloudwatch:TagResource",): ("PutCompositeAlarm", "PutInsightRule", "PutMetricAlarm"),
    ("ecs:TagResource",): (
        "CreateCapacityProvider",
        "CreateCluster",
        "CreateService",
        "CreateTaskSet",
        "RegisterContainerInstance",
        "RegisterTaskDefinition",
        "RunTask",
        "StartTask",
    ),
    ("events:TagResource",): ("PutRule",),
    ("firehose:TagDeliveryStream",): ("CreateDeliveryStream",),
    ("kinesis:AddTagsToStream",): ("CreateStream",),
    ("kinesis:TagResource",): ("RegisterStreamConsumer",),
    ("lambda:TagResource",): ("CreateFunction",),
    ("logs:TagLogGroup", "logs:TagResource"): ("CreateLogGroup",),
    ("organizations:TagResource",): (
        "CreateAccount",
        "CreateGovCloudAccount",
        "CreateOrganizationalUnit",
        "CreatePolicy",
        "InviteAccountToOrganization",
    ),
    ("rekognition:TagResource",): ("CreateCollection", "CreateStreamProcessor"),
    ("s3:PutBucketTagging", "s3:TagResource"): ("CreateBucket",),
    ("s3:TagResource",): ("CreateStorageLensGroup",),
    ("s3tables:TagResource",): ("CreateTable", "CreateTableBucket"),
    ("s3vectors:TagResource",): ("CreateIndex", "CreateVectorBucket"),
    ("secretsmanager:TagResource",): ("CreateSecret",),
    ("sns:TagResource",): ("CreateTopic",),
    ("sqs:TagQueue",): ("CreateQueue",),
    ("ssm:AddTagsToResource",): ("CreateOpsItem",),
    ("workspaces:CreateTags",): ("CreateUpdatedWorkspaceImage", "CreateWorkspaceImage"),
}
"""The creating actions of a service, by the tagging actions one of which they require."""

TAG_ON_CREATE: Mapping[str, tuple[str, ...]] = {
    f"{tagging[0].partition(':')[0]}:{name}": tagging for tagging, names in _CREATING.items() for name in names
}
"""The tagging actions one of which is required, by the creating action, such as `sqs:CreateQueue`."""
