"""From an empty folder to deployed environments, by the commands of the guide."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.guide.pages import DEPLOYED
from tests.guide.session import new_user
from tests.support.aws_server import aws_server

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.terraform import Terraform

pytestmark = pytest.mark.proof

PATH_STYLE = """#!/bin/sh
stack=${{1#-chdir=}}
case "$*" in
  *init*) [ -e "$stack/zz_override.tf.json" ] || ! grep -q '"s3"' "$stack/cdk.tf.json" 2> /dev/null \\
    || set -- "$@" -backend-config=use_path_style=true ;;
esac
exec {terraform} "$@"
"""
"""Terraform for a server whose buckets have no host names of their own, which the backend block then must say."""


@pytest.mark.parametrize("pages", DEPLOYED, ids=" ".join)
def test_a_user_who_follows_the_pages_deploys_and_destroys_the_stacks(
    pages: tuple[str, ...], tmp_path: Path, terraform: Terraform
) -> None:
    with aws_server() as server:
        session = new_user(tmp_path, {**terraform.env, "AWS_ENDPOINT_URL": server.url})
        script = tmp_path / "bin" / "terraform"
        script.write_text(PATH_STYLE.format(terraform=shutil.which("terraform")))
        script.chmod(0o755)
        for page in pages:
            session.follow(page)
