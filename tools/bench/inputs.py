"""Inputs that grow in another way than the number of resources: statements of one policy, stacks of one bucket."""

from __future__ import annotations

import json
from pathlib import Path

_PROVIDER = 'provider "aws" {\n  region = "eu-west-1"\n}\n'
_ROLE = 'resource "aws_iam_role_policy" "worker" {{\n  role   = "worker"\n  policy = jsonencode({document})\n}}\n'
_STACK = """terraform {{
  backend "s3" {{
    bucket       = "state"
    key          = "{name}.tfstate"
    region       = "eu-west-1"
    encrypt      = true
    use_lockfile = true
  }}
}}
resource "aws_s3_bucket" "files" {{
  bucket = "{name}-files"
}}
"""


def write_statements(folder: Path, statements: int) -> Path:
    """Write a role with *statements* statements in one policy."""
    document = {"Version": "2012-10-17", "Statement": [_statement(number) for number in range(statements)]}
    return _write(folder, _PROVIDER + _ROLE.format(document=json.dumps(document)))


def write_stacks(folder: Path, stacks: int) -> Path:
    """Write *stacks* directories whose backends have one bucket."""
    for number in range(stacks):
        _write(folder / f"stack-{number}", _PROVIDER + _STACK.format(name=f"stack-{number}"))
    return folder


def _statement(number: int) -> dict[str, object]:
    tagged = {"Condition": {"StringEquals": {"aws:ResourceTag/Team": f"team-{number}"}}} if number % 3 else {}
    return {
        "Effect": "Allow",
        "Action": ["s3:GetObject", "sqs:SendMessage", "dynamodb:Query"][number % 3],
        "Resource": f"arn:aws:s3:::files-{number}/*",
        **tagged,
    }


def _write(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "main.tf").write_text(text, encoding="utf-8")
    return folder


_QUEUE = """\
resource "aws_sqs_queue" "queue_{0}" {{
  name                    = "queue-{0}"
  sqs_managed_sse_enabled = true
}}

"""


def write_hcl(file: Path, resources: int) -> None:
    """Write one HCL file with *resources* queues of about 100 bytes each."""
    text = "".join(_QUEUE.format(number) for number in range(resources))
    file.write_text(text, encoding="utf-8")
