import pytest

from plainwork_policies.tags.launch_template_required_tag_missing import launch_template_required_tag_missing
from plainwork_policies.tags.settings import TagSettings
from tests.support.settings import team_with

TEMPLATE = 'variable "x" {}\nresource "aws_launch_template" "t" {\n  tags = { Owner = "a", Environment = "b" }\n%s}\n'
BOTH = '{ Owner = "a", Environment = "b" }'
ADDRESS = "aws_launch_template.t"
GROUP = 'resource "aws_autoscaling_group" "g" {\n  launch_template {\n    id = aws_launch_template.t.id\n  }\n}\n'


def specification(made, tags=BOTH):
    return f"tag_specifications {{\n resource_type = {made}\n tags = {tags}\n}}\n"


INSTANCE, VOLUME = specification('"instance"'), specification('"volume"')


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (INSTANCE + VOLUME, "passed"),
        (specification('"instance"', '{ Owner = "a" }') + INSTANCE + VOLUME, "passed"),
        ("", "failed"),
        (INSTANCE, "failed"),
        (INSTANCE + specification('"volume"', '{ Owner = "a" }'), "failed"),
        (INSTANCE + specification('"volume"', "var.x"), "not_evaluated"),
        (INSTANCE + specification("var.x"), "not_evaluated"),
        (specification('"volume"', "merge({ Name = 1 }, " + BOTH + ")") + INSTANCE, "passed"),
    ],
)
def test_instances_and_volumes_are_tagged_by_the_template(body, status, statuses):
    assert statuses(launch_template_required_tag_missing, TEMPLATE % body) == {ADDRESS: status}


def test_a_group_tags_the_instances_of_its_template_but_not_the_volumes(messages):
    (message,) = messages(launch_template_required_tag_missing, TEMPLATE % "" + GROUP)
    assert message.startswith("`tag_specifications` for `volume` does not set `Environment` or `Owner`")
    assert messages(launch_template_required_tag_missing, TEMPLATE % VOLUME + GROUP) == []


@pytest.mark.parametrize(("template", "status"), [("var.x", "not_evaluated"), ('"lt-1"', "failed")])
def test_a_group_with_an_unknown_template_may_tag_the_instances(template, status, statuses):
    group = GROUP.replace("aws_launch_template.t.id", template)
    assert statuses(launch_template_required_tag_missing, TEMPLATE % VOLUME + group) == {ADDRESS: status}


def test_the_resource_types_are_a_setting(statuses, messages):
    settings = team_with(TagSettings, propagate_to=("network-interface",))
    hcl = TEMPLATE % (INSTANCE + VOLUME)
    (message,) = messages(launch_template_required_tag_missing, hcl, settings)
    assert message.startswith("`tag_specifications` for `network-interface` does not set")
    for propagate_to in ((), ("task",)):
        settings = team_with(TagSettings, propagate_to=propagate_to)
        assert statuses(launch_template_required_tag_missing, TEMPLATE % "", settings) == {ADDRESS: "passed"}
