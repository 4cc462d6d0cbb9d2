"""`plainwork init` proposes what most of a directory already has, as comments that a team confirms."""

import re

import pytest
from click.testing import CliRunner

from plainwork_cli.main import main
from plainwork_policies.backends.settings import BackendSettings
from plainwork_policies.engine.settings_file import read
from plainwork_policies.regions.settings import RegionSettings
from plainwork_policies.tags.settings import TagSettings

PROVIDER = 'provider "aws" {\n  region = "%s"\n}\n'
DEFAULT_TAGS = 'provider "aws" {\n  default_tags {\n    tags = { Owner = "a" }\n  }\n}\n'
QUEUE = 'resource "aws_sqs_queue" "%s" {\n  tags = %s\n}\n'
BACKEND = 'terraform {\n  backend "s3" {\n    key = "%s"\n  }\n}\n'


@pytest.fixture
def proposed(tmp_path, monkeypatch):
    """`proposed(table, *stacks)`: the settings of a table after `init`, when a team has confirmed each proposal."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PLAINWORK_CONFIG", raising=False)

    def proposed(table, *stacks):
        for number, hcl in enumerate(stacks):
            (tmp_path / f"stack{number}").mkdir()
            (tmp_path / f"stack{number}" / "main.tf").write_text(hcl)
        done = CliRunner().invoke(main, ["init"])
        assert done.exit_code == 0
        file = tmp_path / "plainwork.toml"
        text = file.read_text()
        file.write_text(re.sub(r"^(# Proposal: .*\n(?:# .*\n)*?)# (\w+ = )", r"\1\2", text, flags=re.MULTILINE))
        return read(file).get(table)

    return proposed


def test_the_tag_keys_of_most_resources_are_proposed_without_name(proposed):
    queues = [
        QUEUE % ("a", '{ Name = "a", Owner = "x", Team = "y" }'),
        QUEUE % ("b", '{ Name = "b", Owner = "x" }'),
        QUEUE % ("c", "{}"),
    ]
    assert proposed(TagSettings, PROVIDER % "eu-west-1" + "".join(queues)).required == ("Owner",)


def test_default_tags_count(proposed):
    assert proposed(TagSettings, DEFAULT_TAGS + QUEUE % ("a", "null")).required == ("Owner",)


def test_without_a_common_key_none_is_proposed(proposed):
    queues = QUEUE % ("a", '{ A = "x" }') + QUEUE % ("b", '{ B = "x" }')
    assert proposed(TagSettings, PROVIDER % "eu-west-1" + queues).required == ()


def test_the_regions_of_the_providers_are_proposed(proposed):
    stacks = [PROVIDER % "eu-west-1"] * 20 + [PROVIDER % "eu-central-1"] * 5 + [PROVIDER % "us-east-1"]
    assert proposed(RegionSettings, *stacks).allowed == ("eu-central-1", "eu-west-1")


def test_an_unknown_region_is_not_proposed(proposed):
    hcl = 'variable "region" {}\nprovider "aws" {\n  region = var.region\n}\n'
    assert proposed(RegionSettings, hcl, PROVIDER % "eu-wset-1").allowed == ()


@pytest.mark.parametrize(
    ("keys", "matching", "other"),
    [
        (["prod/web.tfstate", "dev/web.tfstate", "web"], "dev/db.tfstate", "db.tfstate"),
        (["web.tfstate", "db.tfstate"], "api.tfstate", "api"),
        (["prod/web", "prod/db"], "dev/web", "web"),
    ],
)
def test_the_strictest_pattern_that_most_keys_match_is_proposed(keys, matching, other, proposed):
    pattern = proposed(BackendSettings, *(BACKEND % key for key in keys)).key_pattern
    assert re.fullmatch(pattern, matching)
    assert not re.fullmatch(pattern, other)


def test_a_file_that_cannot_be_read_is_omitted(proposed):
    assert proposed(RegionSettings, "resource {", PROVIDER % "eu-west-1").allowed == ("eu-west-1",)


def test_a_proposal_has_no_effect_until_it_is_confirmed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "main.tf").write_text(PROVIDER % "eu-west-1")
    output = CliRunner().invoke(main, ["init"]).output
    assert output.splitlines() == [
        "created plainwork.toml; remove the `#` of each proposal that you confirm",
        '[regions] allowed = ["eu-west-1"]',
        "    1 of 1 provider configurations with a known Region use one of these.",
    ]
    assert '# allowed = ["eu-west-1"]\n' in (tmp_path / "plainwork.toml").read_text()
    assert read(tmp_path / "plainwork.toml").get(RegionSettings).allowed == ()
