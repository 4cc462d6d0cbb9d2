"""A secret is never in a diff, and a reference to one is."""

from __future__ import annotations

import pytest

from plainwork_core.code_diff import as_json, as_text
from tests.diff.conftest import Compare

SECRET = "hunter2-hunter2"


@pytest.mark.parametrize(
    "block",
    [
        'resource "aws_db_instance" "x" {{\n password = {}\n}}\n',
        'resource "aws_secretsmanager_secret_version" "x" {{\n secret_string = {}\n}}\n',
        'resource "aws_lambda_function" "x" {{\n environment {{\n variables = {{ DB_PASSWORD = {} }}\n }}\n}}\n',
        'variable "db_password" {{\n default = {}\n}}\n',
        'variable "x" {{\n sensitive = true\n default = {}\n}}\n',
        "locals {{\n db_password = {}\n}}\n",
        'output "x" {{\n sensitive = true\n value = {}\n}}\n',
        'provider "aws" {{\n secret_key = {}\n}}\n',
        'module "db" {{\n master_password = {}\n}}\n',
        'terraform {{\n backend "s3" {{\n secret_key = {}\n }}\n}}\n',
        'resource "aws_db_instance" "x" {{\n password = coalesce(var.x, {})\n}}\n',
    ],
)
@pytest.mark.parametrize("is_added", [True, False])
def test_a_secret_is_masked(compare: Compare, block: str, *, is_added: bool) -> None:
    before = "" if is_added else block.format('"another-secret"')
    found = compare(before, block.format(f'"{SECRET}"'))
    assert found.changes
    assert found.changes[0].lines
    assert SECRET not in as_text.render(found) + as_json.render(found)


def test_a_reference_to_a_secret_is_shown(compare: Compare) -> None:
    block = 'resource "aws_db_instance" "x" {{\n password = var.{}\n}}\n'
    (change,) = compare(block.format("old"), block.format("new")).changes
    assert (change.lines[0].before, change.lines[0].after) == ("${var.old}", "${var.new}")


def test_a_changed_secret_differs(compare: Compare) -> None:
    block = 'resource "aws_db_instance" "x" {{\n password = "{}"\n}}\n'
    (change,) = compare(block.format("one-password"), block.format("other-password")).changes
    assert [(line.argument, line.before, line.after) for line in change.lines] == [
        ("password", "(sensitive)", "(sensitive)")
    ]
