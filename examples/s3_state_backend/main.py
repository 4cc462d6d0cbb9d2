"""An S3 bucket for Terraform state with a replica, and access to states for roles of this account and of another one.

`main.tf` in this directory is the result of:

python main.py && plainwork render cdktf.out
"""

from __future__ import annotations

from plainwork import AlarmActions, App, Provider, S3StateBackend, Stack, StateAccess

# The bucket cannot store the state of its own stack before it exists. Apply with True, then set it to False,
# synthesize again and run `terraform init -migrate-state`, which moves the state into the bucket.
BOOTSTRAP = True
TAGS = {"tags": {"Environment": "prod", "Owner": "platform"}}


def build(app: App) -> Stack:
    stack = Stack(app, "state")
    Provider(
        stack,
        "aws",
        version="~> 5.100",
        region="eu-west-1",
        default_tags=TAGS,
    )
    backend = S3StateBackend(
        stack,
        "state",
        bucket="example-prod-terraform-state",
        account_id="123456789012",
    )
    backend.store(stack, "prod/state.tfstate", bootstrap=BOOTSTRAP)

    # Other stacks of the app get their backend block from `backend.store(web, "prod/web.tfstate")`.
    backend.grant("web-review", "prod/web.tfstate", StateAccess.PLAN)
    backend.grant("web-deploy", "prod/web.tfstate", StateAccess.APPLY)
    # The role of the other account needs the returned statements in an IAM policy of its own.
    backend.share("arn:aws:iam::210987654321:role/data-deploy", "prod/data.tfstate", StateAccess.APPLY)

    # With provider 6, the Region alone is enough.
    replica = Provider(stack, "aws", alias="replica", region="eu-central-1", default_tags=TAGS)
    pager = AlarmActions("arn:aws:sns:eu-west-1:123456789012:pager")
    backend.replicate("eu-central-1", provider=replica, alarm_actions=pager)
    return stack


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
