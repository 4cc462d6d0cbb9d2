import pytest

from plainwork_policies.engine.settings import Settings
from plainwork_policies.tags.launch_template_required_tag_missing import launch_template_required_tag_missing
from plainwork_policies.tags.settings import TagSettings

TEMPLATE = 'variable "x" {}\nresource "aws_launch_template" "t" {\n  tags = { Owner = "a", Environment = "b" }\n%s}\n'
BOTH = '{ Owner = "a", Environment = "b" }'
ADDRESS = "aws_launch_template.t"
GROUP = 'resource "aws_autoscaling_group" "g" {\n  launch_template {\n    id = aws_launch_template.t.id\n  }\n}\n'


def specification(made, tags=BOTH):
    return f"tag_specifications {{\n resource_type = {made}\n tags = {tags}\n}}\n"


INSTANCE, VOLUME = specification('"instance"'), specification('"volume"')


@pytest.mark.parametrize(
    ("body", "verdict"),
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
def test_instances_and_volumes_are_tagged_by_the_template(body, verdict, statuses):
    assert statuses(launch_template_required_tag_missing, TEMPLATE % body) == {ADDRESS: verdict}


def test_a_group_tags_instances_and_leaves_the_volumes_to_the_template(messages):
    assert messages(launch_template_required_tag_missing, TEMPLATE % "" + GROUP) == [
        "makes every volume without a tag `Environment` or `Owner`"
    ]
    assert messages(launch_template_required_tag_missing, TEMPLATE % VOLUME + GROUP) == []


def test_what_is_to_be_tagged_is_a_setting(statuses, messages):
    settings = Settings(tables=(TagSettings(propagate_to=("network-interface",)),))
    hcl = TEMPLATE % (INSTANCE + VOLUME)
    assert messages(launch_template_required_tag_missing, hcl, settings)[0].startswith(
        "makes every network interface without"
    )
    for launched in ((), ("task",)):
        settings = Settings(tables=(TagSettings(propagate_to=launched),))
        assert statuses(launch_template_required_tag_missing, TEMPLATE % "", settings) == {ADDRESS: "passed"}
