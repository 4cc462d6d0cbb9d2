"""A state machine that runs a job of AWS Batch on Spot, and once more On-Demand if Spot could not finish it."""

from __future__ import annotations

from typing import Any

from plainwork import App, DataSource, Provider, Resource, Stack, jsonencode
from plainwork.iam import allow, condition, grant

REGION = "eu-west-1"
ACCOUNT_ID = "123456789012"
BATCH = f"arn:aws:batch:{REGION}:{ACCOUNT_ID}"
SPOT_QUEUE = f"{BATCH}:job-queue/spot"
ON_DEMAND_QUEUE = f"{BATCH}:job-queue/on-demand"
JOB_DEFINITION = f"{BATCH}:job-definition/render"
TOPIC = f"arn:aws:sns:{REGION}:{ACCOUNT_ID}:on-duty"
TRANSIENT = ["Batch.ServerException", "Batch.TooManyRequestsException", "Batch.AWSBatchException"]
NO_SPOT = "/^Host EC2|INSUFFICIENT_INSTANCE_CAPACITY/"


def build(app: App) -> Stack:
    stack = Stack(app, "step-functions-batch")
    Provider(
        stack,
        "aws",
        version="~> 5.100",
        region=REGION,
        allowed_account_ids=[ACCOUNT_ID],
        default_tags={"tags": {"Environment": "prod", "Owner": "platform"}},
    )
    role, policy = add_role(stack)
    machine = Resource(
        stack,
        "aws_sfn_state_machine",
        "render",
        name="render",
        role_arn=role["arn"],
        definition=jsonencode(definition()),
        depends_on=[policy],
    )
    for name, metric in {"failed": "ExecutionsFailed", "timed_out": "ExecutionsTimedOut"}.items():
        Resource(
            stack,
            "aws_cloudwatch_metric_alarm",
            name,
            alarm_name=f"render-{metric}",
            namespace="AWS/States",
            metric_name=metric,
            dimensions={"StateMachineArn": machine["arn"]},
            statistic="Sum",
            period=300,
            evaluation_periods=1,
            comparison_operator="GreaterThanThreshold",
            threshold=0,
            treat_missing_data="notBreaching",
            alarm_actions=[TOPIC],
        )
    return stack


def definition() -> dict[str, Any]:
    job = "$states.errorOutput.Error = 'States.TaskFailed' ? $parse($states.errorOutput.Cause).StatusReason"
    why = f"{{% {{'scene': $states.input.scene, 'reason': {job} : $states.errorOutput.Error}} %}}"
    lost = f"{{% $contains($states.input.reason, {NO_SPOT}) %}}"
    return {
        "QueryLanguage": "JSONata",
        "StartAt": "RunOnSpot",
        "States": {
            "RunOnSpot": {
                **run(SPOT_QUEUE),
                "Catch": [{"ErrorEquals": ["States.TaskFailed"], "Output": why, "Next": "WasSpotLost"}],
            },
            "WasSpotLost": {
                "Type": "Choice",
                "Choices": [{"Condition": lost, "Next": "RunOnDemand"}],
                "Default": "Failed",
            },
            "RunOnDemand": run(ON_DEMAND_QUEUE),
            "Failed": {"Type": "Fail", "Error": "RenderFailed", "Cause": "{% $states.input.reason %}"},
        },
    }


def run(queue: str) -> dict[str, Any]:
    """A state that submits the job, and waits until it has ended."""
    return {
        "Type": "Task",
        "Resource": "arn:aws:states:::batch:submitJob.sync",
        "Arguments": {
            "JobName": "render",
            "JobQueue": queue,
            "JobDefinition": JOB_DEFINITION,
            "ContainerOverrides": {"Command": ["render", "{% $states.input.scene %}"]},
        },
        "TimeoutSeconds": 6 * 3600,
        "Retry": [{"ErrorEquals": TRANSIENT, "IntervalSeconds": 5, "MaxAttempts": 5, "JitterStrategy": "FULL"}],
        "End": True,
    }


def add_role(stack: Stack) -> tuple[Resource, Resource]:
    service = {"type": "Service", "identifiers": ["states.amazonaws.com"]}
    own = condition("StringEquals", "aws:SourceAccount", ACCOUNT_ID)
    statement = allow("Trust", ["sts:AssumeRole"], [], own, principals=service)
    trust = DataSource(stack, "aws_iam_policy_document", "trust", statement=[statement])
    role = Resource(stack, "aws_iam_role", "render", name="render-states", assume_role_policy=trust["json"])
    rule = f"arn:aws:events:{REGION}:{ACCOUNT_ID}:rule/StepFunctionsGetEventsForBatchJobsRule"
    statements = [
        allow("Submit", ["batch:SubmitJob"], [SPOT_QUEUE, ON_DEMAND_QUEUE, JOB_DEFINITION, f"{JOB_DEFINITION}:*"]),
        allow("Terminate", ["batch:TerminateJob"], [f"{BATCH}:job/*"]),
        allow("Describe", ["batch:DescribeJobs"], ["*"]),
        allow("NoticeTheEnd", ["events:PutRule", "events:PutTargets", "events:DescribeRule"], [rule]),
    ]
    return role, grant(stack, role, name="run-jobs", statements=statements)


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
