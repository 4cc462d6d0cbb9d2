"""The order and the groups of the text report, on real plans and HCL."""

import io
import json
from pathlib import Path

import pytest

from plainwork_core.model.stack import Change, Location, ModuleCall, Resource, Stack
from plainwork_policies.changes.plan_destroys_stateful_resource import plan_destroys_stateful_resource
from plainwork_policies.engine.finding import fail, not_evaluated
from plainwork_policies.engine.run import run
from plainwork_policies.engine.run_result import RunResult, StackResult
from plainwork_policies.engine.runner import evaluate
from plainwork_policies.engine.settings import Settings
from plainwork_policies.privileges.iam_wildcard_action import iam_wildcard_action
from plainwork_policies.privileges.iam_wildcard_resource import iam_wildcard_resource
from plainwork_policies.report import as_json
from plainwork_policies.report.as_text import write
from tests.policy.small_policies import a_policy, yields

PLAN = Location("plan.json")
ACTIONS = {"create": ("create",), "keep": ("no-op",), "replace": ("delete", "create")}
WRONG = a_policy(yields(fail("name", "is wrong", remedy="Mend it.")))


def resource(address, type_="aws_sqs_queue", **values):
    return Resource(address, "managed", type_, address.rpartition(".")[2], "aws", values, PLAN)


def plan(**actions):
    """A plan with these queues and what it does with each: a key of `ACTIONS`."""
    changes = [
        Change(f"aws_sqs_queue.{name}", "aws_sqs_queue", ACTIONS[does], {}, {}) for name, does in actions.items()
    ]
    queues = tuple(resource(change.address) for change in changes)
    return Stack("plan.json", "plan", resources=queues, changes=tuple(changes))


def text(stacks, policies, *, show_unchanged=False):
    done = RunResult(
        tuple(StackResult(stack, tuple(evaluate(stack, policies, Settings()))) for stack in stacks),
        policies=tuple(policies),
    )
    stream = io.StringIO()
    write(done, stream, show_unchanged=show_unchanged)
    return stream.getvalue(), json.loads(as_json.render(done))


@pytest.fixture
def report(tmp_path, monkeypatch):
    """`report(hcl, *policies)`: the text of a check of one root module."""
    monkeypatch.chdir(tmp_path)

    def report(hcl, *policies):
        Path("main.tf").write_text(hcl)
        stream = io.StringIO()
        write(run([Path()], policies, Settings()), stream)
        return stream.getvalue()

    return report


def test_what_a_plan_destroys_comes_first_and_then_the_most_severe():
    table = Change("aws_dynamodb_table.orders", "aws_dynamodb_table", ("delete",), {"name": "orders"}, None)
    stack = plan(q="create")
    stack = Stack("plan.json", "plan", resources=stack.resources, changes=(*stack.changes, table))
    low, critical = (
        a_policy(yields(fail("", f"is {severity}", remedy="Mend it.", severity=severity)), number=number)
        for number, severity in enumerate(("low", "critical"), 1)
    )
    found, _ = text([stack], [low, critical, plan_destroys_stateful_resource])
    labels = [line.split()[0] for line in found.splitlines() if line.startswith("  ") and line[2] != " "]
    assert [label for label in labels if label != "remedy"][1:] == ["CRITICAL", "LOW"]
    assert found.index("aws_dynamodb_table.orders") < found.index("is critical")


def test_findings_on_unchanged_resources_are_a_number_unless_asked():
    stack = plan(new="create", old="keep", replaced="replace")
    found, document = text([stack], [WRONG])
    assert "aws_sqs_queue.new" in found
    assert "aws_sqs_queue.replaced" in found
    assert "aws_sqs_queue.old" not in found
    assert "1 finding on resources that the plan does not change (1 high): --show-unchanged shows" in found
    assert (document["summary"]["failed"], document["summary"]["exit_code"]) == (3, 1)
    assert [finding["actions"] for finding in document["findings"]] == [["create"], ["no-op"], ["delete", "create"]]
    shown, _ = text([stack], [WRONG], show_unchanged=True)
    assert "aws_sqs_queue.old" in shown
    assert "--show-unchanged" not in shown


def test_a_statement_has_one_entry_for_all_policies_that_it_fails(report):
    hcl = """
resource "aws_iam_policy" "p" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }]
  })
}
"""
    found = report(hcl, iam_wildcard_action, iam_wildcard_resource)
    assert found.count("aws_iam_policy.p") == 1
    assert "  MEDIUM         2 policies  main.tf:5\n" in found
    assert "- iam-wildcard-action  PLW_PRIV_001\n" in found
    assert "- iam-wildcard-resource  PLW_PRIV_002\n" in found
    assert found.count("  remedy  ") == 2


def test_two_statements_of_a_policy_are_two_entries(report):
    statement = '{ Effect = "Allow", Action = "%s:*", Resource = "arn:aws:%s:::a" }'
    statements = ",\n".join(statement % (service, service) for service in ("s3", "sqs"))
    hcl = f'resource "aws_iam_policy" "p" {{\n  policy = jsonencode({{ Statement = [{statements}] }})\n}}\n'
    assert report(hcl, iam_wildcard_action).count("  MEDIUM  ") == 2


def unknown(reason):
    return a_policy(lambda queue, _stack, _settings: iter([not_evaluated("name", reason(queue.address))]))


def test_reasons_that_differ_in_the_subject_are_one_entry():
    policy = unknown(lambda address: f"the plan does not tell which provider configuration `{address}` uses")
    found, _ = text([plan(a="create", b="create")], [policy])
    assert found.count("NOT EVALUATED") == 1
    assert "the plan does not tell which provider configuration the resource uses\n" in found


def test_reasons_that_differ_in_an_address_list_it_with_the_subject():
    policy = unknown(lambda address: f"`{address.replace('queue', 'topic')}.arn` is known only after apply")
    found, _ = text([plan(a="create", b="create")], [policy])
    assert "`…` is known only after apply\n" in found
    assert "- aws_sqs_queue.a  `aws_sqs_topic.a.arn`\n" in found


def test_a_subject_with_two_lines_is_listed_once(report):
    hcl = 'variable "zones" {}\nresource "aws_sqs_queue" "q" {\n  a = 1\n  b = 2\n}\n'
    both = a_policy(yields(fail("a", "is wrong", remedy="Mend it."), fail("b", "is wrong", remedy="Mend it.")))
    assert report(hcl, both).count("aws_sqs_queue.q") == 1
    assert "main.tf:3, 4" in report(hcl, both)


def test_findings_of_several_stacks_are_one_entry(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("api", "web"):
        Path(name).mkdir()
        Path(name, "main.tf").write_text('resource "aws_sqs_queue" "q" {}\n')
    stream = io.StringIO()
    write(run([Path()], [WRONG], Settings()), stream)
    assert stream.getvalue().count("  HIGH  ") == 1
    assert "- aws_sqs_queue.q  api/main.tf:1\n" in stream.getvalue()


def test_findings_in_a_module_of_others_are_grouped_by_module():
    calls = (
        ModuleCall("own", {"source": "./own"}, PLAN),
        ModuleCall("vpc", {"source": "terraform-aws-modules/vpc/aws", "version": "~> 5.0"}, PLAN, module="module.own"),
    )
    queues = ("module.own.aws_sqs_queue.a", 'module.own.module.vpc["x.y"].aws_sqs_queue.b', "aws_sqs_queue.c")
    stack = Stack("plan.json", "plan", resources=tuple(map(resource, queues)), module_calls=calls)
    found, document = text([stack], [WRONG])
    assert "  HIGH           module terraform-aws-modules/vpc/aws ~> 5.0\n" in found
    assert "remedy         Set the arguments of the module, or use another version of it.\n" in found
    own = {"source": "terraform-aws-modules/vpc/aws", "version": "~> 5.0"}
    assert [finding["module"] for finding in document["findings"]] == [None, None, own]


def test_a_file_of_an_installed_module_belongs_to_the_module(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    directory = Path(".terraform/modules/vpc")
    installed = directory / "modules" / "flow"
    installed.mkdir(parents=True)
    (installed / "main.tf").write_text('resource "aws_sqs_queue" "q" {}\n')
    manifest = {
        "Modules": [
            {"Key": "", "Source": "", "Dir": "."},
            {
                "Key": "vpc",
                "Source": "registry.terraform.io/a/vpc/aws",
                "Version": "5.1.0",
                "Dir": ".terraform/modules/vpc",
            },
            {"Key": "vpc.flow", "Source": "./modules/flow", "Dir": str(installed)},
        ]
    }
    Path(".terraform/modules/modules.json").write_text(json.dumps(manifest))
    stream = io.StringIO()
    write(run([installed], [WRONG], Settings()), stream)
    assert "module registry.terraform.io/a/vpc/aws 5.1.0\n" in stream.getvalue()


def test_words_that_all_reasons_have_are_in_the_reason():
    policy = unknown(
        lambda address: f"`for_each` of `{address[-1]}` is unknown; check a plan; `x` is unknown; check a plan"
    )
    found, _ = text([plan(a="create", b="create")], [policy])
    assert "`for_each` of `…` is unknown; `x` is unknown; check a plan\n" in found
    assert "- aws_sqs_queue.b  `b`\n" in found
