"""Developers launch instances with an owner, and no others: `python -m pytest examples/iam_tests`."""

from pathlib import Path

import pytest

from plainwork.testing.iam import access

HERE = Path(__file__).parent


@pytest.fixture
def developer():
    return access(HERE / "right", "aws_iam_role.developer")


def test_developers_launch_instances_with_an_owner(developer):
    developer.can_create("aws_instance", tags={"Owner": "ann"})


@pytest.mark.parametrize("tags", [{}, {"Owner": ""}, {"Team": "data"}])
def test_developers_launch_no_instances_without_an_owner(developer, tags):
    developer.cannot_create("aws_instance", tags=tags)


def test_developers_do_not_change_the_owner_of_an_instance(developer):
    developer.cannot(
        "ec2:CreateTags",
        on="arn:aws:ec2:eu-west-1:111122223333:instance/i-0123456789abcdef0",
        request_tags={"Owner": "bob"},
        context={"ec2:CreateAction": []},
    )


def test_a_literal_wildcard_allows_no_launch():
    wrong = access(HERE / "wrong", "aws_iam_role.developer")
    wrong.cannot_create("aws_instance", tags={"Owner": "ann"})
