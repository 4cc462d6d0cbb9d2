"""An S3 bucket for Terraform state, and access to one state for two existing roles.

`main.tf` in this directory is the result of:

python main.py && plainwork render cdktf.out
"""

from __future__ import annotations

from plainwork import App, Provider, S3StateBackend, Stack, StateAccess

# The bucket cannot store the state of its own stack before it exists. Apply with True, then set it to False,
# synthesize again and run `terraform init -migrate-state`, which moves the state into the bucket.
BOOTSTRAP = True


def build(app: App) -> Stack:
    stack = Stack(app, "state")
    Provider(
        stack,
        "aws",
        version="~> 5.100",
        region="eu-west-1",
        default_tags={"tags": {"Environment": "prod", "Owner": "platform"}},
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
    return stack


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
