terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}

provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["123456789012"]

  default_tags {
    tags = {
      Environment = "prod"
      Owner       = "platform"
    }
  }
}

data "aws_iam_policy_document" "trust" {
  statement {
    sid     = "Trust"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["states.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = ["123456789012"]
    }
  }
}

resource "aws_iam_role" "render" {
  name               = "render-states"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

data "aws_iam_policy_document" "render" {
  statement {
    sid     = "Submit"
    actions = ["batch:SubmitJob"]

    resources = [
      "arn:aws:batch:eu-west-1:123456789012:job-queue/spot",
      "arn:aws:batch:eu-west-1:123456789012:job-queue/on-demand",
      "arn:aws:batch:eu-west-1:123456789012:job-definition/render",
      "arn:aws:batch:eu-west-1:123456789012:job-definition/render:*",
    ]
  }

  statement {
    sid       = "Terminate"
    actions   = ["batch:TerminateJob"]
    resources = ["arn:aws:batch:eu-west-1:123456789012:job/*"]
  }

  statement {
    sid       = "Describe"
    actions   = ["batch:DescribeJobs"]
    resources = ["*"]
  }

  statement {
    sid     = "NoticeTheEnd"
    actions = ["events:PutRule", "events:PutTargets", "events:DescribeRule"]

    resources = [
      "arn:aws:events:eu-west-1:123456789012:rule/StepFunctionsGetEventsForBatchJobsRule",
    ]
  }
}

resource "aws_iam_role_policy" "render" {
  name   = "run-jobs"
  role   = aws_iam_role.render.name
  policy = data.aws_iam_policy_document.render.json
}

resource "aws_sfn_state_machine" "render" {
  name = "render"

  definition = jsonencode({
    QueryLanguage = "JSONata"
    StartAt       = "RunOnSpot"
    States = {
      RunOnSpot = {
        Type     = "Task"
        Resource = "arn:aws:states:::batch:submitJob.sync"
        Arguments = {
          JobName       = "render"
          JobQueue      = "arn:aws:batch:eu-west-1:123456789012:job-queue/spot"
          JobDefinition = "arn:aws:batch:eu-west-1:123456789012:job-definition/render"
          ContainerOverrides = {
            Command = ["render", "{% $states.input.scene %}"]
          }
        }
        TimeoutSeconds = 21600
        Retry = [
          {
            ErrorEquals = [
              "Batch.ServerException",
              "Batch.TooManyRequestsException",
              "Batch.AWSBatchException",
            ]
            IntervalSeconds = 5
            MaxAttempts     = 5
            JitterStrategy  = "FULL"
          },
        ]
        End = true
        Catch = [
          {
            ErrorEquals = ["States.TaskFailed"]
            Output      = "{% {'scene': $states.input.scene, 'reason': $states.errorOutput.Error = 'States.TaskFailed' ? $parse($states.errorOutput.Cause).StatusReason : $states.errorOutput.Error} %}"
            Next        = "WasSpotLost"
          },
        ]
      }
      WasSpotLost = {
        Type = "Choice"
        Choices = [
          {
            Condition = "{% $contains($states.input.reason, /^Host EC2|INSUFFICIENT_INSTANCE_CAPACITY/) %}"
            Next      = "RunOnDemand"
          },
        ]
        Default = "Failed"
      }
      RunOnDemand = {
        Type     = "Task"
        Resource = "arn:aws:states:::batch:submitJob.sync"
        Arguments = {
          JobName       = "render"
          JobQueue      = "arn:aws:batch:eu-west-1:123456789012:job-queue/on-demand"
          JobDefinition = "arn:aws:batch:eu-west-1:123456789012:job-definition/render"
          ContainerOverrides = {
            Command = ["render", "{% $states.input.scene %}"]
          }
        }
        TimeoutSeconds = 21600
        Retry = [
          {
            ErrorEquals = [
              "Batch.ServerException",
              "Batch.TooManyRequestsException",
              "Batch.AWSBatchException",
            ]
            IntervalSeconds = 5
            MaxAttempts     = 5
            JitterStrategy  = "FULL"
          },
        ]
        End = true
      }
      Failed = {
        Type  = "Fail"
        Error = "RenderFailed"
        Cause = "{% $states.input.reason %}"
      }
    }
  })

  role_arn = aws_iam_role.render.arn

  depends_on = [aws_iam_role_policy.render]
}

resource "aws_cloudwatch_metric_alarm" "failed" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:on-duty"]
  alarm_name          = "render-ExecutionsFailed"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    StateMachineArn = aws_sfn_state_machine.render.arn
  }

  evaluation_periods = 1
  metric_name        = "ExecutionsFailed"
  namespace          = "AWS/States"
  period             = 300
  statistic          = "Sum"
  threshold          = 0
  treat_missing_data = "notBreaching"
}

resource "aws_cloudwatch_metric_alarm" "timed_out" {
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:on-duty"]
  alarm_name          = "render-ExecutionsTimedOut"
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    StateMachineArn = aws_sfn_state_machine.render.arn
  }

  evaluation_periods = 1
  metric_name        = "ExecutionsTimedOut"
  namespace          = "AWS/States"
  period             = 300
  statistic          = "Sum"
  threshold          = 0
  treat_missing_data = "notBreaching"
}
