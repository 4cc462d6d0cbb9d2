"""CheckovAdapter takes time in proportion to the plan, counted in Python's instructions, which no other load sways."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from plainwork_core.model.stack import Stack
from plainwork_core.read import read
from plainwork_policies.engine.inputs import together
from plainwork_policies.engine.policy import Policy
from plainwork_policies.engine.registry import policies
from plainwork_policies.engine.runner import evaluate
from tests.support.settings import TEAM
from tools.bench.families import service
from tools.bench.plan import write_plan
from tools.example_cases import cases

STACKS = 30
BACKEND = """
terraform {{
  required_providers {{
    aws = {{
      version = "~> 5.0"
    }}
  }}
  backend "s3" {{
    bucket         = "state"
    key            = "{environment}/{name}.tfstate"
    dynamodb_table = "locks"
    encrypt        = true
  }}
}}
"""
BUCKET = 'resource "aws_s3_bucket" "state" {{\n  bucket = "{bucket}"\n}}\n'
TABLE = 'resource "aws_dynamodb_table" "locks" {{\n  name = "{table}"\n}}\n'
MODULE = 'module "network" {{\n  source = "../network"\n}}\n'
NOT_IN_THE_PLANS = {
    "opentofu-encryption-unencrypted-fallback": "a stack has one block `encryption`",
    "provider-hardcoded-credentials": "the resources of a stack have one provider configuration",
}
"""Policies without a subject in the plans, the stacks and the copies below, each with the reason."""
OF_STACKS = [
    policy
    for policy in policies()
    if policy.family in ("backend", "module") or policy.slug == "s3-backend-region-mismatch"
]
COPIED = [
    policy for policy in policies() if policy.family not in ("module", "change") and policy.slug not in NOT_IN_THE_PLANS
]
"""Policies whose example that fails is copied."""

SIZE = 40
ONE_FOR_EACH_PAIR = SIZE * SIZE  # what a loop in a loop over resources takes at the least


@pytest.fixture(scope="module")
def counts(tmp_path_factory) -> list[dict[str, int]]:
    """Instructions by step, for plans of one, two and three times the size."""
    folder = tmp_path_factory.mktemp("plans")
    files = [folder / f"{times}.json" for times in (1, 2, 3)]
    for times, file in enumerate(files, 1):
        write_plan(file, SIZE * times)
    steps(files[-1])  # fills what is worked out once in a process
    return [steps(file) for file in files]


def steps(file: Path) -> dict[str, int]:
    stacks, found = [], {}
    found["read"] = instructions(lambda: stacks.extend(read(file)))
    for policy in policies():
        found[policy.slug] = instructions(lambda policy=policy: evaluate(stacks[0], [policy], TEAM))
    return found


def instructions(call) -> int:
    count = 0

    def trace(frame, event, _argument):
        nonlocal count
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        count += event == "opcode"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("step", ["read", *(policy.slug for policy in policies())])
def test_twice_the_plan_is_twice_the_work(step, counts):
    once, twice, thrice = (count[step] for count in counts)
    assert (thrice - twice) - (twice - once) < ONE_FOR_EACH_PAIR


SERVICES = 10
ONE_FOR_EACH_PAIR_OF_SERVICES = 10 * SERVICES * SERVICES  # of instructions, for two resources compared with each other


@pytest.fixture(scope="module")
def services(tmp_path_factory) -> list[dict[str, int]]:
    """Instructions by step, for plans of services with resources of each family."""
    folder = tmp_path_factory.mktemp("services")
    files = [folder / f"{times}.json" for times in (1, 2, 3)]
    for times, file in enumerate(files, 1):
        write_plan(file, SERVICES * times, service)
    steps(files[-1])
    return [steps(file) for file in files]


@pytest.mark.parametrize("step", ["read", *(policy.slug for policy in policies())])
def test_twice_the_services_are_twice_the_work(step, services):
    once, twice, thrice = (count[step] for count in services)
    assert (thrice - twice) - (twice - once) < ONE_FOR_EACH_PAIR_OF_SERVICES


IDENTITY = """
provider "aws" {{ region = "eu-west-1" }}
resource "aws_iam_role" "worker" {{
  name               = "worker"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}}
resource "aws_iam_role_policy" "worker" {{
  role   = aws_iam_role.worker.name
  policy = jsonencode({{ Version = "2012-10-17", Statement = [{statements}] }})
}}
data "aws_iam_policy_document" "trust" {{
{blocks}}}
{attachments}"""
STATEMENT = """{{ Effect = "Allow", Action = ["s3:GetObject", "sqs:*"], Resource = "arn:aws:s3:::logs-{number}/*",
  Condition = {{ StringEquals = {{ "aws:ResourceTag/Team" = "t{number}" }} }} }}"""
BLOCK = """  statement {{
    actions = ["sts:AssumeRole"]
    principals {{
      type        = "AWS"
      identifiers = ["arn:aws:iam::{account}:root"]
    }}
  }}
"""
ATTACHMENT = """
resource "aws_iam_policy" "of_{number}" {{
  name   = "of-{number}"
  policy = jsonencode({{ Version = "2012-10-17", Statement = [{statement}] }})
}}
resource "aws_iam_role_policy_attachment" "of_{number}" {{
  role       = aws_iam_role.worker.name
  policy_arn = aws_iam_policy.of_{number}.arn
}}
"""
STATEMENTS = 20


def identity_with(folder: Path, count: int) -> Path:
    """Write a role with *count* statements in one policy, *count* in its trust policy and *count* attached policies."""
    statements = [STATEMENT.format(number=number) for number in range(count)]
    blocks = "".join(BLOCK.format(account=100_000_000_000 + number) for number in range(count))
    attachments = "".join(ATTACHMENT.format(number=number, statement=one) for number, one in enumerate(statements))
    text = IDENTITY.format(statements=", ".join(statements), blocks=blocks, attachments=attachments)
    folder.mkdir()
    (folder / "main.tf").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def identities(tmp_path_factory) -> list[dict[str, int]]:
    """Instructions by step, for a role with one, two and three times the statements."""
    folder = tmp_path_factory.mktemp("identities")
    folders = [identity_with(folder / str(times), STATEMENTS * times) for times in (1, 2, 3)]
    steps(folders[-1])
    return [steps(folder) for folder in folders]


@pytest.mark.parametrize("step", ["read", *(policy.slug for policy in policies())])
def test_twice_the_statements_of_a_role_are_twice_the_work(step, identities):
    once, twice, thrice = (count[step] for count in identities)
    assert (thrice - twice) - (twice - once) < 5 * STATEMENTS * STATEMENTS


COPIES = 4
ONE_FOR_EACH_PAIR_OF_COPIES = 20 * COPIES * COPIES
RESOURCE = re.compile(r'^(?:resource|data) "(\w+)" "(\w+)" \{(?:[^\n]*\}\n|\n.*?^\}\n)', re.MULTILINE | re.DOTALL)
ID = re.compile(r"(?<=-0123456789abcdef)0\b")
NAME = re.compile(r'^( *(?:name|bucket|function_name|domain_name|alias) *= ")', re.MULTILINE)


def copies(text: str, count: int) -> str:
    """Return the configuration *text* with *count* copies of its resources, each with its own address, name and IDs."""
    blocks = list(RESOURCE.finditer(text))
    addresses = [f"{block[1]}.{block[2]}" for block in blocks]
    reference = re.compile(rf"\b({'|'.join(map(re.escape, addresses))})\b")
    made = [RESOURCE.sub("", text)]
    for number in range(count):
        for block in blocks:
            copy = block[0].replace(f'"{block[2]}"', f'"{block[2]}_{number}"', 1)
            copy = ID.sub(f"{number:x}", reference.sub(rf"\1_{number}", copy))
            made.append(NAME.sub(rf"\g<1>n{number}.", copy))
    return "\n".join(made)


def stack_of_copies(folder: Path, policy: Policy, count: int) -> Stack:
    """Return a stack with *count* copies of the example of *policy* that fails."""
    bad = next(case for case in cases([policy.slug]) if case.kind == "bad")
    folder.mkdir()
    (folder / "main.tf").write_text(copies(bad.main.read_text(encoding="utf-8"), count), encoding="utf-8")
    return read(folder)[0]


OF_PAIRS = ("iam-forbidden-permission",)
"""Policies about each pair of a principal and a resource that one entry of the settings names."""


@pytest.mark.parametrize(
    "policy", [policy for policy in COPIED if policy.slug not in OF_PAIRS], ids=lambda policy: policy.slug
)
def test_twice_the_failures_are_twice_the_work(policy, tmp_path):
    stacks = [stack_of_copies(tmp_path / str(times), policy, COPIES * times) for times in (1, 2, 3)]
    evaluate(stacks[-1], [policy], TEAM)
    stacks = [read(tmp_path / str(times))[0] for times in (1, 2, 3)]
    once, twice, thrice = (instructions(lambda stack=stack: evaluate(stack, [policy], TEAM)) for stack in stacks)
    assert (thrice - twice) - (twice - once) < ONE_FOR_EACH_PAIR_OF_COPIES


def test_the_plans_and_stacks_have_something_for_each_policy(tmp_path):
    write_plan(tmp_path / "plan.json", SIZE)
    write_plan(tmp_path / "services.json", 2, service)
    stacks = [*read(tmp_path / "plan.json"), *read(tmp_path / "services.json"), *stacks_of_a_run(tmp_path / "run", 2)]
    results = {result.policy.slug for stack in stacks for result in evaluate(stack, policies(), TEAM)}
    for policy in COPIED:
        if policy.slug not in results and evaluate(stack_of_copies(tmp_path / policy.slug, policy, 1), [policy], TEAM):
            results.add(policy.slug)
    assert {policy.slug for policy in policies()} - results == NOT_IN_THE_PLANS.keys()


def stacks_of_a_run(folder: Path, count: int) -> list[Stack]:
    for number in range(count):
        names = {"bucket": f"state-{number}" if number else "state", "table": f"locks-{number}" if number else "locks"}
        environment = ("dev", "prod")[number % 2]
        text = (BACKEND + BUCKET + TABLE + MODULE).format(environment=environment, name=f"s{number}", **names)
        (folder / f"s{number}").mkdir(parents=True)
        (folder / f"s{number}" / "main.tf").write_text(text, encoding="utf-8")
    return together([stack for number in range(count) for stack in read(folder / f"s{number}")])


@pytest.mark.parametrize("policy", OF_STACKS, ids=lambda policy: policy.slug)
def test_twice_the_stacks_are_twice_the_work(policy, tmp_path):
    def results(stacks):
        return instructions(lambda: [evaluate(stack, [policy], TEAM) for stack in stacks])

    results(stacks_of_a_run(tmp_path / "once for what is made once in a process", STACKS))
    once, twice, thrice = (results(stacks_of_a_run(tmp_path / str(times), STACKS * times)) for times in (1, 2, 3))
    assert (thrice - twice) - (twice - once) < STACKS * STACKS
