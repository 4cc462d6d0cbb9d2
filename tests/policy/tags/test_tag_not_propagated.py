import pytest

from plainwork_policies.engine.settings import Settings
from plainwork_policies.tags.settings import TagSettings
from plainwork_policies.tags.tag_not_propagated import tag_not_propagated

OWNER = Settings(tables=(TagSettings(required=("Owner",)),))
TABLE = """variable "x" {}
provider "aws" {}
resource "aws_dynamodb_table" "t" {
  tags = { Owner = "a" }
  %s
}
"""
JOBS = """variable "x" {}
provider "aws" {
  default_tags {
    tags = { Owner = "a" }
  }
}
resource "aws_batch_job_definition" "j" {
  %s
}
"""


def replica(propagate):
    return f'replica {{\n    region_name = "eu-west-2"\n    {propagate}\n  }}'


PROPAGATED = [
    ("propagate_tags = true", "passed"),
    ("propagate_tags = false", "failed"),
    ("", "failed"),
    ("propagate_tags = var.x", "not_evaluated"),
]


@pytest.mark.parametrize(("argument", "status"), PROPAGATED)
def test_the_tags_of_a_table_are_propagated_to_its_replicas(argument, status, statuses):
    found = statuses(tag_not_propagated, TABLE % replica(argument), OWNER)
    assert found == {"aws_dynamodb_table.t": status}


@pytest.mark.parametrize(("argument", "status"), PROPAGATED)
def test_the_tags_of_a_job_definition_are_propagated_to_tasks(argument, status, statuses):
    assert statuses(tag_not_propagated, JOBS % argument, OWNER) == {"aws_batch_job_definition.j": status}


def test_a_table_without_replicas_and_jobs_on_eks_are_not_subjects(statuses):
    assert statuses(tag_not_propagated, TABLE % "", OWNER) == {}
    assert statuses(tag_not_propagated, JOBS % "eks_properties {\n}", OWNER) == {}


@pytest.mark.parametrize(("tags", "status"), [("{ Team = 1 }", "passed"), ("var.x", "not_evaluated")])
def test_a_tag_that_the_table_does_not_have_is_not_lost(tags, status, statuses):
    hcl = (TABLE % replica("")).replace('{ Owner = "a" }', tags)
    assert statuses(tag_not_propagated, hcl, OWNER) == {"aws_dynamodb_table.t": status}


def test_each_replica_is_checked(results):
    (result,) = results(tag_not_propagated, TABLE % (replica("propagate_tags = true") + "\n" + replica("")), OWNER)
    (finding,) = result.findings
    assert finding.message == "`replica.1.propagate_tags` is not set; the replica does not get tag `Owner`"
    assert finding.path == "replica.1.propagate_tags"
