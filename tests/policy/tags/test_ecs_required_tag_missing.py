import pytest

from plainwork_policies.engine.settings import Settings
from plainwork_policies.tags.ecs_required_tag_missing import ecs_required_tag_missing
from plainwork_policies.tags.settings import TagSettings
from tests.support.settings import team_with

BOTH = '{ Owner = "a", Environment = "b" }'
ADDRESS = "aws_ecs_service.s"
SERVICE = 'provider "aws" {}\nvariable "x" {}\nresource "aws_ecs_service" "s" {\n%s}\n'
DEFINITION = 'resource "aws_ecs_task_definition" "d" {\n  family = "d"\n  tags = %s\n}\n'
BY_SERVICE, BY_DEFINITION = 'propagate_tags = "SERVICE"\n', 'propagate_tags = "TASK_DEFINITION"\n'
OF_STACK = "task_definition = aws_ecs_task_definition.d.arn\n"
TASKS = team_with(TagSettings, propagate_to=("task", "volume"))
TAGGED = f"tags = {BOTH}\n{BY_SERVICE}"


def service(*lines):
    return SERVICE % "".join(lines)


def volume(*lines):
    specification = f'tag_specifications {{\nresource_type = "volume"\n{"".join(lines)}}}\n' if lines else ""
    return f"volume_configuration {{\nmanaged_ebs_volume {{\nsize_in_gb = 1\n{specification}}}\n}}\n"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (TAGGED, "passed"),
        (f"tags = {BOTH}\n", "failed"),
        (f'tags = {BOTH}\npropagate_tags = "NONE"\n', "failed"),
        (BY_SERVICE + 'tags = { Owner = "a" }\n', "failed"),
        (BY_SERVICE + 'tags = { Owner = null, Environment = "b" }\n', "failed"),
        (BY_SERVICE + "tags = var.x\n", "not_evaluated"),
        ("propagate_tags = var.x\n", "not_evaluated"),
    ],
)
def test_tasks_get_the_tags_of_a_service_that_propagates_them(body, expected, statuses):
    assert statuses(ecs_required_tag_missing, service(body), TASKS) == {ADDRESS: expected}


@pytest.mark.parametrize(
    ("named", "tags", "expected"),
    [
        (OF_STACK, BOTH, "passed"),
        ('task_definition = "d"\n', BOTH, "passed"),
        ("task_definition = aws_ecs_task_definition.d.family\n", BOTH, "passed"),
        (OF_STACK, '{ Owner = "a" }', "failed"),
        (OF_STACK, "var.x", "not_evaluated"),
        ('task_definition = "elsewhere:3"\n', BOTH, "not_evaluated"),
        ("task_definition = var.x\n", BOTH, "not_evaluated"),
        ("", BOTH, "not_evaluated"),
    ],
)
def test_tasks_get_the_tags_of_their_task_definition_if_it_propagates_them(named, tags, expected, statuses):
    hcl = service(f"tags = {BOTH}\n", BY_DEFINITION, named) + DEFINITION % tags
    assert statuses(ecs_required_tag_missing, hcl, TASKS) == {ADDRESS: expected}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((BY_SERVICE,), "passed"),
        ((f"tags = {BOTH}\n",), "passed"),
        ((BY_DEFINITION, 'tags = { Owner = "a" }\n'), "failed"),
        ((), "failed"),
        (("tags = var.x\n",), "not_evaluated"),
        (("propagate_tags = var.x\n",), "not_evaluated"),
    ],
)
def test_a_managed_volume_gets_the_tags_of_its_own_block(lines, expected, statuses):
    hcl = service(TAGGED, OF_STACK, volume(*lines)) + DEFINITION % '{ Name = "d" }'
    assert statuses(ecs_required_tag_missing, hcl) == {ADDRESS: expected}


def test_tasks_and_volumes_have_findings_of_their_own(messages):
    tasks, volumes = messages(ecs_required_tag_missing, service(volume()), TASKS)
    assert tasks.startswith("tasks do not get tags `Environment` and `Owner`")
    assert volumes.startswith("managed EBS volumes do not get tags `Environment` and `Owner`")


def test_default_tags_are_propagated_as_well(statuses):
    hcl = service(BY_SERVICE).replace('"aws" {}', f'"aws" {{\n  default_tags {{\n    tags = {BOTH}\n  }}\n}}')
    assert statuses(ecs_required_tag_missing, hcl, TASKS) == {ADDRESS: "passed"}


@pytest.mark.parametrize(
    ("propagate_to", "checked"),
    [(("instance", "volume"), ["managed EBS volumes"]), (("task",), ["tasks"]), (("instance",), [])],
)
def test_tasks_and_volumes_are_checked_if_the_settings_list_them(propagate_to, checked, messages):
    settings = team_with(TagSettings, propagate_to=propagate_to)
    found = messages(ecs_required_tag_missing, service(volume()), settings)
    assert [message.partition(" do not get tags")[0] for message in found] == checked


def test_a_dynamic_volume_is_not_evaluated(statuses):
    block = 'dynamic "volume_configuration" {\nfor_each = var.x\ncontent {\nname = "v"\n}\n}\n'
    assert statuses(ecs_required_tag_missing, service(TAGGED, block)) == {ADDRESS: "not_evaluated"}


def test_without_required_tags_there_is_no_result(statuses):
    assert statuses(ecs_required_tag_missing, service(volume()), Settings()) == {}
