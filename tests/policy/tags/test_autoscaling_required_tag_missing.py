import pytest

from plainwork_policies.tags.autoscaling_required_tag_missing import autoscaling_required_tag_missing

GROUP = 'variable "x" {}\nresource "aws_autoscaling_group" "g" {\n  name = "g"\n%s}\n'
TEMPLATE = 'resource "aws_launch_template" "t" {\n  tag_specifications {\n%s  }\n}\n'
BY_TEMPLATE = "launch_template {\n  id = aws_launch_template.t.id\n}\n"
MIXED = (
    "mixed_instances_policy {\n launch_template {\n launch_template_specification {\n"
    " launch_template_id = aws_launch_template.t.id\n}\n}\n}\n"
)
ADDRESS = "aws_autoscaling_group.g"


def tag(key, propagated="true"):
    return f'tag {{\n key = {key}\n value = "v"\n propagate_at_launch = {propagated}\n}}\n'


OWNER, ENVIRONMENT = tag('"Owner"'), tag('"Environment"')
KEPT = tag('"Owner"', "false")
DYNAMIC = (
    'dynamic "tag" {\n for_each = %s\n content {\n key = tag.key\n value = tag.value\n'
    " propagate_at_launch = true\n}\n}\n"
)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (OWNER + ENVIRONMENT, "passed"),
        (DYNAMIC % '{ Owner = "a", Environment = "b" }', "passed"),
        ("", "failed"),
        (OWNER, "failed"),
        (tag('"owner"') + ENVIRONMENT, "failed"),
        (KEPT + ENVIRONMENT, "failed"),
        (DYNAMIC % "var.x", "not_evaluated"),
        (OWNER + tag("var.x"), "not_evaluated"),
        (ENVIRONMENT + tag('"Owner"', "var.x"), "not_evaluated"),
    ],
)
def test_a_required_tag_is_set_and_propagated(body, status, statuses):
    assert statuses(autoscaling_required_tag_missing, GROUP % body)[ADDRESS] == status


LISTED = '{ key = "Owner", value = "a", propagate_at_launch = %s }'


@pytest.mark.parametrize(
    ("tags", "status"),
    [
        (f"[{LISTED % 'true'}]", "passed"),
        (f"concat([{LISTED % 'true'}], [])", "passed"),
        (f"[{LISTED % 'false'}]", "failed"),
        ("[]", "failed"),
        ("[var.x]", "not_evaluated"),
        ("var.x", "not_evaluated"),
    ],
)
def test_the_list_of_tags_of_old_providers_counts(tags, status, statuses):
    body = f"{ENVIRONMENT}  tags = {tags}\n"
    assert statuses(autoscaling_required_tag_missing, GROUP % body)[ADDRESS] == status


def test_default_tags_do_not_apply_to_a_group(statuses):
    defaults = 'provider "aws" {\n  default_tags {\n    tags = { Owner = "a", Environment = "b" }\n  }\n}\n'
    assert statuses(autoscaling_required_tag_missing, defaults + GROUP % "") == {ADDRESS: "failed"}


@pytest.mark.parametrize(
    ("specification", "status"),
    [
        ('resource_type = "instance"\n tags = { Owner = "a" }\n', "passed"),
        ('resource_type = "volume"\n tags = { Owner = "a" }\n', "failed"),
        ('resource_type = "instance"\n tags = { Name = "a" }\n', "failed"),
        ('resource_type = "instance"\n tags = var.x\n', "not_evaluated"),
        ('resource_type = var.x\n tags = { Owner = "a" }\n', "not_evaluated"),
    ],
)
@pytest.mark.parametrize("launch", [BY_TEMPLATE, MIXED])
def test_the_launch_template_may_tag_the_instances_instead(specification, status, launch, statuses):
    hcl = GROUP % (KEPT + ENVIRONMENT + launch) + TEMPLATE % specification
    assert statuses(autoscaling_required_tag_missing, hcl)[ADDRESS] == status


@pytest.mark.parametrize("template", ['"lt-0123456789abcdef0"', "var.x", "module.m.id"])
def test_a_template_outside_the_stack_is_not_evaluated(template, statuses):
    body = KEPT + ENVIRONMENT + f"launch_template {{\n id = {template}\n}}\n"
    assert statuses(autoscaling_required_tag_missing, GROUP % body)[ADDRESS] == "not_evaluated"


@pytest.mark.parametrize("name", ["aws_autoscaling_group.g.name", '"g"'])
def test_a_tag_resource_of_the_group_counts(name, statuses):
    other = f'resource "aws_autoscaling_group_tag" "o" {{\n  autoscaling_group_name = {name}\n{OWNER}}}\n'
    assert statuses(autoscaling_required_tag_missing, GROUP % ENVIRONMENT + other) == {ADDRESS: "passed"}


@pytest.mark.parametrize(("name", "status"), [("aws_autoscaling_group.o.name", "failed"), ("var.x", "not_evaluated")])
def test_a_tag_resource_of_another_group_does_not_count(name, status, statuses):
    group = 'resource "aws_autoscaling_group" "o" {\n' + OWNER + ENVIRONMENT + "}\n"
    other = f'resource "aws_autoscaling_group_tag" "o" {{\n  autoscaling_group_name = {name}\n{OWNER}}}\n'
    assert statuses(autoscaling_required_tag_missing, GROUP % ENVIRONMENT + group + other)[ADDRESS] == status


def test_each_missing_key_is_a_finding(messages):
    environment, owner = messages(autoscaling_required_tag_missing, GROUP % "")
    assert "no `tag` block sets `Environment`" in environment
    assert "no `tag` block sets `Owner`" in owner
