"""An ECR repository: tags that cannot be overwritten, a scan of each image, a lifecycle, and a policy to push."""

from __future__ import annotations

from plainwork import App, DataSource, Output, Provider, Resource, Stack, jsonencode
from plainwork.iam import allow

NAME = "shop"
RELEASES = 50  # images with a version tag, such as 1.4.2, that are kept
DAYS = 14  # other images, such as builds of branches, are kept
SECURITY_TOPIC = "arn:aws:sns:eu-west-1:123456789012:security"


def build(app: App) -> Stack:
    stack = Stack(app, "container-registry")
    Provider(
        stack,
        "aws",
        version="~> 5.100",
        region="eu-west-1",
        allowed_account_ids=["123456789012"],
        default_tags={"tags": {"Environment": "prod", "Owner": "platform"}},
    )
    repository = Resource(
        stack,
        "aws_ecr_repository",
        NAME,
        name=NAME,
        image_tag_mutability="IMMUTABLE",
        image_scanning_configuration={"scan_on_push": True},
        encryption_configuration={"encryption_type": "KMS"},
    )
    releases = {"tagStatus": "tagged", "tagPatternList": ["*.*.*"]}
    releases |= {"countType": "imageCountMoreThan", "countNumber": RELEASES}
    builds = {"tagStatus": "any", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": DAYS}
    rules = [
        {"rulePriority": priority, "description": description, "selection": selection, "action": {"type": "expire"}}
        for priority, description, selection in ((1, "Keep the last releases", releases), (2, "Remove builds", builds))
    ]
    lifecycle = jsonencode({"rules": rules})
    Resource(stack, "aws_ecr_lifecycle_policy", NAME, repository=repository["name"], policy=lifecycle)

    document = DataSource(
        stack,
        "aws_iam_policy_document",
        "push",
        statement=[
            allow("LogIn", ["ecr:GetAuthorizationToken"], ["*"]),
            allow(
                "PushImage",
                [
                    "ecr:BatchCheckLayerAvailability",
                    "ecr:BatchGetImage",
                    "ecr:CompleteLayerUpload",
                    "ecr:InitiateLayerUpload",
                    "ecr:PutImage",
                    "ecr:UploadLayerPart",
                ],
                [repository["arn"]],
            ),
        ],
    )
    push = Resource(stack, "aws_iam_policy", "push", name=f"push-image-{NAME}", policy=document["json"])

    found = {"repository-name": [NAME], "finding-severity-counts": {"CRITICAL": [{"numeric": [">", 0]}]}}
    scanned = Resource(
        stack,
        "aws_cloudwatch_event_rule",
        "critical",
        name=f"{NAME}-image-critical",
        event_pattern=jsonencode({"source": ["aws.ecr"], "detail-type": ["ECR Image Scan"], "detail": found}),
    )
    Resource(stack, "aws_cloudwatch_event_target", "critical", rule=scanned["name"], arn=SECURITY_TOPIC)
    Output(stack, "repository_url", value=repository["repository_url"])
    Output(stack, "push_policy_arn", value=push["arn"])
    return stack


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
