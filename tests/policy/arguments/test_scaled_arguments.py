"""`argument-managed-twice`: arguments that Application Auto Scaling, a scaling policy or a schedule changes."""

import pytest

from plainwork_policies.arguments.argument_managed_twice import argument_managed_twice

SERVICE = """resource "aws_ecs_service" "api" {
  name = %s
  cluster = "main"
  %s
}
"""
SCALED = """resource "aws_appautoscaling_target" "api" {
  service_namespace  = "ecs"
  scalable_dimension = %s
  resource_id        = %s
  min_capacity       = 2
  max_capacity       = 20
}
"""
TASKS = '"ecs:service:DesiredCount"'
REFERENCE = '"service/main/${aws_ecs_service.api.name}"'
IGNORED = "desired_count = 2\n  lifecycle {\n    ignore_changes = [%s]\n  }"


def test_the_remedy_is_to_ignore_the_changes(results):
    hcl = SERVICE % ('"api"', "desired_count = 2") + SCALED % (TASKS, REFERENCE)
    (result,) = [one for one in results(argument_managed_twice, hcl) if one.status == "failed"]
    (finding,) = result.findings
    assert finding.message == (
        "`desired_count` is set, but `aws_appautoscaling_target.api` manages it, too; each apply undoes the other"
    )
    assert finding.remedy == "Add `desired_count` to `ignore_changes`, or remove `aws_appautoscaling_target.api`."


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ("desired_count = 2", "failed"),
        ("desired_count = 0", "failed"),
        ("desired_count = null", None),
        ("", None),
        ("desired_count = var.tasks", "not_evaluated"),
        (IGNORED % "desired_count", "passed"),
        (IGNORED % "task_definition", "failed"),
    ],
)
def test_the_number_of_tasks_of_a_scaled_service_is_set_and_not_ignored(arguments, status, statuses):
    found = statuses(argument_managed_twice, SERVICE % ('"api"', arguments) + SCALED % (TASKS, REFERENCE))
    assert found.get("aws_ecs_service.api") == status


@pytest.mark.parametrize(
    ("name", "dimension", "resource_id", "status"),
    [
        ('"api"', TASKS, '"service/main/api"', "failed"),
        ('"api"', TASKS, '"service/${var.cluster}/api"', "failed"),
        ('"${var.env}-api"', TASKS, REFERENCE, "failed"),
        ("var.name", TASKS, '"service/main/${var.name}"', "failed"),
        ('"api"', TASKS, '"service/main/web"', "passed"),
        ('"api"', TASKS, "var.resource_id", "passed"),
        ('"api"', '"ecs:service:Other"', REFERENCE, "passed"),
        ('"api"', TASKS, '"cluster/api"', "passed"),
        ("each.key", TASKS, '"service/main/${each.key}"', "not_evaluated"),
    ],
)
def test_the_target_must_have_the_name_of_the_service(name, dimension, resource_id, status, statuses):
    hcl = SERVICE % (name, "desired_count = 2") + SCALED % (dimension, resource_id)
    assert statuses(argument_managed_twice, hcl)["aws_ecs_service.api"] == status


def test_two_services_of_one_name_are_not_evaluated(statuses):
    services = SERVICE % ('"api"', "desired_count = 2") + SERVICE.replace('" "api"', '" "other"') % ('"api"', "")
    found = statuses(argument_managed_twice, services + SCALED % (TASKS, '"service/main/api"'))
    assert found == {"aws_ecs_service.api": "not_evaluated"}


CLUSTER = 'resource "aws_ecs_cluster" "main" {\n  name = %s\n}\n'


@pytest.mark.parametrize(
    ("cluster", "status"),
    [
        ('cluster = "main"', "failed"),
        ('cluster = "arn:aws:ecs:eu-west-1:123456789012:cluster/main"', "failed"),
        ("cluster = aws_ecs_cluster.main.id", "failed"),
        ("cluster = aws_ecs_cluster.main.arn", "failed"),
        ("cluster = var.cluster", "failed"),
        ('cluster = "staging"', "passed"),
        ("", "passed"),
    ],
)
def test_the_target_must_have_the_cluster_of_the_service(cluster, status, statuses):
    service = SERVICE.replace('cluster = "main"', cluster) % ('"api"', "desired_count = 2")
    hcl = CLUSTER % '"main"' + service + SCALED % (TASKS, '"service/main/api"')
    assert statuses(argument_managed_twice, hcl)["aws_ecs_service.api"] == status


def test_a_service_of_the_name_in_another_cluster_does_not_matter(statuses):
    other = SERVICE.replace('" "api"', '" "other"').replace('"main"', '"staging"')
    services = SERVICE % ('"api"', "desired_count = 2") + other % ('"api"', "desired_count = 1")
    found = statuses(argument_managed_twice, services + SCALED % (TASKS, '"service/main/api"'))
    assert found == {"aws_ecs_service.api": "failed", "aws_ecs_service.other": "passed"}


TABLE = 'resource "aws_dynamodb_table" "t" {\n  name = "orders"\n  read_capacity = 5\n  write_capacity = 5\n}\n'


@pytest.mark.parametrize(
    ("dimension", "status"),
    [('"dynamodb:table:ReadCapacityUnits"', "failed"), ('"dynamodb:index:ReadCapacityUnits"', "passed")],
)
def test_the_capacity_of_a_table_is_scaled_and_not_that_of_its_index(dimension, status, statuses):
    hcl = TABLE + SCALED % (dimension, '"table/${aws_dynamodb_table.t.name}"')
    assert statuses(argument_managed_twice, hcl)["aws_dynamodb_table.t"] == status


SCHEDULED = """resource "aws_appautoscaling_scheduled_action" "night" {
  resource_id = %s
  scalable_target_action {
    %s
  }
}
"""


@pytest.mark.parametrize(
    ("resource_id", "action", "status"),
    [
        ("aws_appautoscaling_target.api.resource_id", "min_capacity = 0", "failed"),
        ('"service/main/api"', "max_capacity = 0", "failed"),
        ('"service/main/web"', "min_capacity = 0", "passed"),
        ("aws_appautoscaling_target.api.resource_id", "", "passed"),
        ("aws_appautoscaling_target.api.resource_id", "min_capacity = var.minimum", "not_evaluated"),
    ],
)
def test_a_scheduled_action_sets_the_bounds_of_its_target(resource_id, action, status, statuses):
    hcl = SCALED % (TASKS, '"service/main/api"') + SCHEDULED % (resource_id, action)
    assert statuses(argument_managed_twice, hcl) == {"aws_appautoscaling_target.api": status}


GROUP = 'resource "aws_autoscaling_group" "g" {\n  name = "g"\n  min_size = 1\n  max_size = 9\n  %s\n}\n'
SCALING_POLICY = 'resource "aws_autoscaling_policy" "p" {\n  autoscaling_group_name = %s\n}\n'
SCHEDULE = 'resource "aws_autoscaling_schedule" "s" {\n  autoscaling_group_name = "g"\n  %s\n}\n'


@pytest.mark.parametrize(
    ("arguments", "group", "status"),
    [
        ("desired_capacity = 2", "aws_autoscaling_group.g.name", "failed"),
        ("desired_capacity = 2", '"g"', "failed"),
        ("desired_capacity = 2", '"other"', "passed"),
        ("desired_capacity = var.capacity", '"g"', "not_evaluated"),
        ("", '"g"', None),
    ],
)
def test_a_scaling_policy_changes_the_desired_capacity(arguments, group, status, statuses):
    found = statuses(argument_managed_twice, GROUP % arguments + SCALING_POLICY % group)
    assert found.get("aws_autoscaling_group.g") == status


FORECAST = 'policy_type = "PredictiveScaling"\n  predictive_scaling_configuration {\n    %s\n  }'


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ("enabled = true", "failed"),
        ("enabled = false", "passed"),
        ("enabled = var.enabled", "not_evaluated"),
        (FORECAST % 'mode = "ForecastAndScale"', "failed"),
        (FORECAST % 'mode = "ForecastOnly"', "passed"),
        (FORECAST % "", "passed"),
        (FORECAST % "mode = var.mode", "not_evaluated"),
    ],
)
def test_a_disabled_policy_and_a_forecast_change_nothing(arguments, status, statuses):
    scaling = SCALING_POLICY.replace("= %s", f'= "g"\n  {arguments}')
    assert statuses(argument_managed_twice, GROUP % "desired_capacity = 2" + scaling) == {
        "aws_autoscaling_group.g": status
    }


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ("min_size = 0", "failed"),
        ("min_size = 1", "passed"),
        ("min_size = -1\n  max_size = -1\n  desired_capacity = 4", "passed"),
        ("max_size = var.most", "not_evaluated"),
    ],
)
def test_a_schedule_changes_the_sizes_that_it_sets(arguments, status, statuses):
    found = statuses(argument_managed_twice, GROUP % "" + SCHEDULE % arguments)
    assert found == {"aws_autoscaling_group.g": status}
