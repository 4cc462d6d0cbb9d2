import pytest

from plainwork_core.model.stack import Location, Resource, Stack
from plainwork_policies.engine.runner import evaluate
from plainwork_policies.engine.settings import Settings
from plainwork_policies.tags.ec2_volume_required_tag_missing import ec2_volume_required_tag_missing
from plainwork_policies.tags.settings import TagSettings
from tests.support.settings import TEAM

INSTANCE = 'variable "x" {}\nresource "aws_instance" "i" {\n  tags = { Owner = "a", Environment = "b" }\n%s}\n'
ROOT = 'provider "aws" {}\n'
DEFAULTS = 'provider "aws" {\n  default_tags {\n    tags = %s\n  }\n}\n'
DYNAMIC = 'dynamic "ebs_block_device" {\n for_each = var.x\n content {\n device_name = "x"\n}\n}\n'
BOTH = '{ Owner = "a", Environment = "b" }'


def device(name, tags):
    return f"{name}_block_device {{\n tags = {tags}\n}}\n"


@pytest.mark.parametrize(
    ("provider", "body", "status"),
    [
        (ROOT, f"volume_tags = {BOTH}\n", "passed"),
        (ROOT, device("root", BOTH), "passed"),
        (ROOT, device("root", BOTH) + device("ebs", BOTH), "passed"),
        (DEFAULTS % BOTH, "", "passed"),
        (DEFAULTS % '{ Owner = "a" }', 'volume_tags = { Environment = "b" }\n', "passed"),
        (DEFAULTS % '{ Owner = "a" }', device("root", '{ Environment = "b" }'), "passed"),
        (DEFAULTS % BOTH, "volume_tags = var.x\n", "passed"),
        (ROOT, "", "failed"),
        (ROOT, 'volume_tags = { Owner = "a" }\n', "failed"),
        (ROOT, "volume_tags = { Owner = null, Environment = 1 }\n", "failed"),
        (ROOT, device("root", BOTH) + device("ebs", "{}"), "failed"),
        (ROOT, device("ebs", BOTH), "failed"),
        (ROOT, "volume_tags = var.x\n", "not_evaluated"),
        (DEFAULTS % "var.x", "", "not_evaluated"),
        (ROOT, device("root", "var.x"), "not_evaluated"),
        (ROOT, 'launch_template {\n id = "lt-1"\n}\n', "not_evaluated"),
        ("", "", "not_evaluated"),
        (DEFAULTS % BOTH, DYNAMIC, "passed"),
        (ROOT, DYNAMIC, "failed"),
        (ROOT, device("root", BOTH) + DYNAMIC, "not_evaluated"),
    ],
)
def test_volumes_get_default_tags_volume_tags_and_their_own(provider, body, status, statuses):
    found = statuses(ec2_volume_required_tag_missing, provider + INSTANCE % body)
    assert found == {"aws_instance.i": status}


def test_each_volume_has_a_finding(messages):
    hcl = ROOT + INSTANCE % (device("ebs", '{ Owner = "a" }'))
    root, ebs = messages(ec2_volume_required_tag_missing, hcl)
    assert root.startswith("the root volume does not get tags `Environment` and `Owner`")
    assert ebs.startswith("the EBS volume does not get tag `Environment`")


def test_default_tags_from_the_environment_are_seen_in_a_plan():
    values = {"tags": {"Name": "a"}, "tags_all": {"Name": "a", "Owner": "a", "Environment": "b"}}
    instance = Resource("aws_instance.i", "managed", "aws_instance", "i", "aws", values, Location("plan.json"))
    (result,) = evaluate(Stack("", "plan", (), None, (instance,)), [ec2_volume_required_tag_missing], TEAM)
    assert result.status == "passed"


def test_a_setting_disables_the_check_of_volumes(statuses):
    settings = Settings(tables=(TagSettings(required=("Owner", "Team"), propagate_to=("instance",)),))
    assert statuses(ec2_volume_required_tag_missing, ROOT + INSTANCE % "", settings) == {"aws_instance.i": "passed"}
