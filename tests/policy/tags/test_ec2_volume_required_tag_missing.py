import pytest

from plainwork_core.model.stack import Location, Resource, Stack
from plainwork_policies.engine.runner import evaluate
from plainwork_policies.engine.settings import Settings
from plainwork_policies.tags.ec2_volume_required_tag_missing import ec2_volume_required_tag_missing

INSTANCE = 'variable "x" {}\nresource "aws_instance" "i" {\n  tags = { Owner = "a", Environment = "b" }\n%s}\n'
ROOT = 'provider "aws" {}\n'
DEFAULTS = 'provider "aws" {\n  default_tags {\n    tags = %s\n  }\n}\n'
BOTH = '{ Owner = "a", Environment = "b" }'


def device(name, tags):
    return f"{name}_block_device {{\n tags = {tags}\n}}\n"


@pytest.mark.parametrize(
    ("provider", "body", "verdict"),
    [
        (ROOT, f"volume_tags = {BOTH}\n", "pass"),
        (ROOT, device("root", BOTH), "pass"),
        (ROOT, device("root", BOTH) + device("ebs", BOTH), "pass"),
        (DEFAULTS % BOTH, "", "pass"),
        (DEFAULTS % '{ Owner = "a" }', 'volume_tags = { Environment = "b" }\n', "pass"),
        (DEFAULTS % '{ Owner = "a" }', device("root", '{ Environment = "b" }'), "pass"),
        (DEFAULTS % BOTH, "volume_tags = var.x\n", "pass"),
        (ROOT, "", "fail"),
        (ROOT, 'volume_tags = { Owner = "a" }\n', "fail"),
        (ROOT, "volume_tags = { Owner = null, Environment = 1 }\n", "fail"),
        (ROOT, device("root", BOTH) + device("ebs", "{}"), "fail"),
        (ROOT, device("ebs", BOTH), "fail"),
        (ROOT, "volume_tags = var.x\n", "unknown"),
        (DEFAULTS % "var.x", "", "unknown"),
        (ROOT, device("root", "var.x"), "unknown"),
        (ROOT, 'launch_template {\n id = "lt-1"\n}\n', "unknown"),
        ("", "", "unknown"),
    ],
)
def test_volumes_get_default_tags_volume_tags_and_their_own(provider, body, verdict, verdicts):
    found = verdicts(ec2_volume_required_tag_missing, provider + INSTANCE % body)
    assert found == {"aws_instance.i": verdict}


def test_each_volume_is_named(messages):
    hcl = ROOT + INSTANCE % (device("ebs", '{ Owner = "a" }'))
    assert messages(ec2_volume_required_tag_missing, hcl) == [
        "launches its root volume without a tag `Environment` or `Owner`",
        "launches its ebs volume without a tag `Environment`",
    ]


def test_default_tags_from_the_environment_are_seen_in_a_plan():
    values = {"tags": {"Name": "a"}, "tags_all": {"Name": "a", "Owner": "a", "Environment": "b"}}
    instance = Resource("aws_instance.i", "managed", "aws_instance", "i", "aws", values, Location("plan.json"))
    (result,) = evaluate(Stack("", "plan", (), None, (instance,)), [ec2_volume_required_tag_missing], Settings())
    assert result.verdict == "pass"
