"""A monorepo of any size: stacks of 100 resources, 60 of them in modules that all stacks call."""

from __future__ import annotations

from pathlib import Path

RESOURCES = 100
"""Resources of one stack."""
_TEAM = 20
"""Stacks of one team."""
_SERVICES = 8
"""Services in the root module of a stack, of five resources each."""
_MODULES = 3
"""Modules of five resources that each stack calls for four queues."""

_STACK = """terraform {{
  required_version = ">= 1.11"
  required_providers {{
    aws = {{
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }}
  }}
  backend "s3" {{
    bucket       = "example-state"
    key          = "{path}.tfstate"
    region       = "eu-west-1"
    encrypt      = true
    use_lockfile = true
  }}
}}

provider "aws" {{
  region = var.region
  default_tags {{
    tags = {{ Owner = "team-{team}", Environment = var.environment }}
  }}
}}

variable "region" {{
  type = string
}}

variable "environment" {{
  type = string
}}

locals {{
  name   = "{name}-${{var.environment}}"
  queues = toset(["orders", "invoices", "returns", "parcels"])
}}
"""
_CALL = """
module "queue_{number}" {{
  for_each    = local.queues
  source      = "../../../modules/queue-{number}"
  name        = "${{local.name}}-${{each.key}}-{number}"
  environment = var.environment
}}
"""
_RESOURCES = """
resource "aws_sqs_queue" "{name}" {{
  name                       = "${{{prefix}}}-{name}"
  visibility_timeout_seconds = var.environment == "prod" ? 60 : 30
  sqs_managed_sse_enabled    = true
}}

resource "aws_s3_bucket" "{name}" {{
  bucket = "${{{prefix}}}-{name}-files"
}}

resource "aws_cloudwatch_log_group" "{name}" {{
  name              = "/services/${{{prefix}}}/{name}"
  retention_in_days = 30
}}

resource "aws_iam_role" "{name}" {{
  name = "${{{prefix}}}-{name}"
  assume_role_policy = jsonencode({{
    Version   = "2012-10-17"
    Statement = [{{ Effect = "Allow", Action = "sts:AssumeRole", Principal = {{ Service = "lambda.amazonaws.com" }} }}]
  }})
}}

resource "aws_iam_role_policy" "{name}" {{
  name = "files"
  role = aws_iam_role.{name}.id
  policy = jsonencode({{
    Version = "2012-10-17"
    Statement = [
      {{ Effect = "Allow", Action = ["s3:GetObject", "s3:PutObject"], Resource = "${{aws_s3_bucket.{name}.arn}}/*" }},
      {{ Effect = "Allow", Action = ["sqs:SendMessage"], Resource = aws_sqs_queue.{name}.arn }},
    ]
  }})
}}
"""
_MODULE = """variable "name" {
  type = string
}

variable "environment" {
  type = string
}
"""


def write_monorepo(root: Path, stacks: int) -> list[Path]:
    """Write *stacks* stacks below *root*, and return their directories."""
    _write(root / "plainwork.toml", '[tags]\nrequired = ["Owner", "Environment"]\n')
    for number in range(_MODULES):
        _write(root / f"modules/queue-{number}/main.tf", _MODULE + _RESOURCES.format(name="this", prefix="var.name"))
    return [_write_stack(root, number) for number in range(stacks)]


def add_resource(stack: Path) -> None:
    """Change a stack."""
    with (stack / "services.tf").open("a", encoding="utf-8") as file:
        file.write(_RESOURCES.format(name="added", prefix="local.name"))


def _write_stack(root: Path, number: int) -> Path:
    team = number // _TEAM
    path = f"teams/team-{team}/app-{number}"
    calls = "".join(_CALL.format(number=module) for module in range(_MODULES))
    head = _STACK.format(path=path, team=team, name=f"app-{number}") + calls
    _write(root / path / "main.tf", head)
    _write(root / path / "services.tf", "".join(map(_service, range(_SERVICES))))
    values = f'region      = "eu-west-1"\nenvironment = "{"prod" if number % 2 else "test"}"\n'
    _write(root / path / "terraform.tfvars", values)
    return root / path


def _service(number: int) -> str:
    return _RESOURCES.format(name=f"service-{number}", prefix="local.name")


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
