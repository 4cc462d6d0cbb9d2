"""Own policies: they run where the settings name their folder, and whatever prevents it is exit code 2."""

import json
import sys
from pathlib import Path

import pytest

from tests.own_policies.conftest import BAD, RULE


def test_a_rule_of_ten_lines_fails(check):
    done = check()
    assert done.exit_code == 1
    assert "queue-name  ACME_001" in done.stdout
    assert "aws_sqs_queue.jobs: `name` is `jobs`" in done.stdout


def test_a_correct_resource_passes(check):
    done = check(hcl=BAD.replace('"jobs"\n}', '"orders-jobs"\n}'))
    assert (done.exit_code, "1 passed" in done.stdout) == (0, True)


def test_an_unknown_value_is_not_evaluated(check):
    done = check(hcl=BAD.replace('name = "jobs"', 'name = "${var.team}-jobs"') + 'variable "team" {}\n')
    assert (done.exit_code, "1 not evaluated" in done.stdout) == (0, True)


def test_a_waiver_may_be_of_an_own_policy(check):
    comment = "# plainwork: ignore queue-name until 2099-01-01: the name is public (orders)\n"
    done = check(hcl=comment + BAD)
    assert (done.exit_code, "1 waived" in done.stdout) == (0, True)


@pytest.mark.parametrize("name", ["json", "sarif", "junit", "github", "gitlab", "markdown"])
def test_every_format_has_the_finding(check, name):
    done = check(RULE, "--format", name)
    assert done.exit_code == 1
    assert "queue-name" in done.stdout


def test_without_the_setting_the_folder_is_not_read(command):
    done = command("check", "stack", "--format", "json", settings="", rule="raise SystemExit")
    assert (json.loads(done.stdout)["findings"], done.exit_code) == ([], 0)


def test_the_folder_is_not_a_part_of_what_is_checked(command):
    files = {"policies/examples/queue_name/bad.tf": BAD}
    done = command("check", ".", "--select", "ACME", "--format", "json", files=files)
    assert [row["file"] for row in json.loads(done.stdout)["findings"]] == ["stack/main.tf"]


def test_an_installed_package_may_have_the_policies(check, tmp_path, monkeypatch):
    (tmp_path / "lib").mkdir()
    monkeypatch.syspath_prepend(str(tmp_path / "lib"))
    files = {"lib/acme_rules/__init__.py": "", "lib/acme_rules/queues.py": RULE}
    done = check(settings='own_policies = ["acme_rules"]\n', files=files)
    assert (done.exit_code, "queue-name" in done.stdout) == (1, True)


def test_files_that_begin_with_an_underscore_help_others(check):
    rule = RULE.replace('"orders-"', "PREFIX").replace("policy\n\n", "policy\nfrom ._names import PREFIX\n\n", 1)
    done = check(rule, files={"policies/_names.py": 'PREFIX = "jobs"'})
    assert (done.exit_code, "1 passed" in done.stdout) == (0, True)


def test_a_team_may_have_settings_of_its_own(check):
    settings = """\
        from plainwork_policies.api import setting
        from plainwork_core.frozen import frozen
        from plainwork_policies.engine.settings import Table


        @frozen()
        class Acme(Table):
            table = "acme"
            prefix: str = setting("orders-", help="The beginning of names.")


        SETTINGS = Acme
    """
    rule = RULE.replace("(queue: Resource)", "(queue: Resource, settings)").replace('"orders-"', "settings.prefix")
    toml = 'own_policies = ["policies"]\n[acme]\nprefix = "jobs"\n'
    done = check(rule, settings=toml, files={"policies/settings.py": settings})
    assert (done.exit_code, "1 passed" in done.stdout) == (0, True)
    wrong = check(rule, settings=toml.replace("prefix", "prefx"), files={"policies/settings.py": settings})
    assert "unsupported setting `prefx`; did you mean `prefix`?" in wrong.stdout


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("def f(:", "policies/queues.py:1: the policy cannot be loaded: SyntaxError: invalid syntax"),
        ("import sys\nsys.exit(0)", "policies/queues.py:2: the policy cannot be loaded: SystemExit: 0"),
        ("import missing_package", "policies/queues.py:1: the policy cannot be loaded: ModuleNotFoundError: No module"),
        ("X = 1", "policies/queues.py: has no policy; begin the name of a file that only helps others with `_`"),
        (RULE.replace("ACME_001", "PLW_ACME_001"), "has no What, Why, Remedy, Limitations"),
        (RULE.replace("ACME_001", "acme"), "policy id 'acme' is not capitals and digits that end in a number"),
        (RULE.replace("queue-name", "efs-unencrypted"), "is also the name of a built-in policy; change one of them"),
        (RULE.replace("queue-name", "module-not-evaluated"), "is also the name of a retired policy"),
        (RULE.replace("'''SQS", "x = '''SQS"), "queue_name() has no docstring"),
        (RULE.replace("(queue: Resource)", "(queue: Resource, stac)"), "unsupported parameter `stac`"),
        (
            RULE + RULE.replace("ACME_001", "ACME_002").replace("def queue_name", "def other"),
            "is also the name of ACME_0",
        ),
    ],
)
def test_a_rule_that_cannot_be_loaded_is_exit_code_2(check, rule, message):
    done = check(rule)
    assert done.exit_code == 2
    assert message in " ".join(done.stdout.split())
    assert "Traceback" not in done.output


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ('own_policies = ["rules"]\n', "does not exist"),
        ('own_policies = ["../none/rules"]\n', "does not exist"),
        ('own_policies = ["empty"]\n', "has no policies; `plainwork policies new NAME` creates one"),
    ],
)
def test_a_folder_without_policies_is_exit_code_2(check, settings, message):
    Path("empty").mkdir()
    done = check(settings=settings)
    assert done.exit_code == 2
    assert message in " ".join(done.stdout.split()) or "neither a folder nor an installed package" in done.stdout


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            'queue["naem"].string()',
            "UnknownArgumentError: `aws_sqs_queue` has no argument `naem`; did you mean `name`?",
        ),
        ('queue.block("tag")', "`aws_sqs_queue` has no argument `tag`; did you mean `tags`?"),
        (
            'list(queue.referenced_by("aws_sns_topic_subscription", "endpont"))',
            "has no argument `endpont`; did you mean",
        ),
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("raise SystemExit", "SystemExit"),
        ('if queue["name"]: pass', "TypeError: `name` is an argument, not a value"),
    ],
)
def test_a_rule_that_raises_is_exit_code_2_with_its_line(check, body, message):
    done = check(RULE.replace('    name = queue["name"]\n', f'    {body}\n    name = queue["name"]\n'))
    text = " ".join(done.stdout.split())
    assert done.exit_code == 2
    assert "policy ACME_001 queue-name crashed at policies/queues.py:7: " in text
    assert message in text
    assert "Traceback" not in done.output


def test_nested_blocks_and_referenced_resources_are_checked_too(check):
    hcl = """\
        resource "aws_s3_bucket" "logs" {
          logging {
            target_bucket = "x"
          }
        }
    """
    rule = RULE.replace("aws_sqs_queue", "aws_s3_bucket").replace(
        '    name = queue["name"]\n', '    name = next(iter(queue.blocks("logging")))["target_buckt"]\n'
    )
    done = check(rule, hcl=hcl)
    assert "has no argument `logging.target_buckt`; did you mean `target_bucket`?" in " ".join(done.stdout.split())


def test_names_that_one_of_the_shipped_providers_has_are_accepted(check):
    rule = RULE.replace('queue["name"]', 'queue["region"]')
    assert "UnknownArgumentError" not in check(rule).stdout


def test_explain_and_policies_show_own_policies(command):
    rule = RULE.replace("team.'''", "team.\n\n    Remedy: Begin the name with the team.\n    '''")
    done = command("explain", "queue-name", rule=rule)
    assert "SQS queue has a name that does not begin with its team" in done.stdout
    assert "Begin the name with the team." in done.stdout
    assert "ACME_001" in command("policies").stdout


def test_a_run_without_own_policies_does_not_import_the_loader(command):
    for name in ("own_policies", "own_examples", "own_template"):
        sys.modules.pop(f"plainwork_policies.engine.{name}", None)
    assert command("check", "stack", settings="").exit_code == 0
    assert "plainwork_policies.engine.own_policies" not in sys.modules
