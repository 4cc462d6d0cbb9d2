"""`plainwork policies new` and `plainwork policies test`."""

import pytest

from tests.own_policies.conftest import BAD, RULE

EXAMPLES = "policies/examples/queue_name"
GOOD = BAD.replace('"jobs"\n}', '"orders-jobs"\n}')


@pytest.fixture
def examples(command):
    """`examples(bad=hcl, ...)`: the test of the rule with these examples."""

    def examples(*arguments, rule=RULE, expected=None, **kinds):
        files = {f"{EXAMPLES}/{kind}.tf": text for kind, text in kinds.items()}
        if expected is not None:
            files[f"{EXAMPLES}/expected.toml"] = expected
        return command("policies", "test", *arguments, rule=rule, files=files)

    return examples


def test_new_creates_a_policy_that_passes_its_test(command, tmp_path):
    done = command("policies", "new", "bucket-name", settings=None, rule=None)
    assert done.exit_code == 0
    assert (tmp_path / "plainwork.toml").read_text() == 'own_policies = ["policies"]\n'
    assert '@policy("OWN_001", "bucket-name"' in (tmp_path / "policies/bucket_name.py").read_text()
    tested = command("policies", "test", settings=None, rule=None)
    assert (tested.exit_code, tested.output) == (0, "1 policy: every example has the expected results\n")


def test_new_keeps_the_settings_and_takes_the_next_id(command, tmp_path):
    settings = 'own_policies = ["policies"]\n# of the team\n[tags]\nrequired = ["Owner"]\n'
    assert command("policies", "new", "topic-name", settings=settings).exit_code == 0
    assert (tmp_path / "plainwork.toml").read_text() == settings
    assert '@policy("ACME_002", "topic-name"' in (tmp_path / "policies/topic_name.py").read_text()


def test_new_adds_the_folder_before_the_tables(command, tmp_path):
    assert command("policies", "new", "topic-name", settings="[tags]\n", rule=None).exit_code == 0
    assert (tmp_path / "plainwork.toml").read_text() == 'own_policies = ["policies"]\n[tags]\n'


@pytest.mark.parametrize(("name", "error"), [("Topic", "must be lower-case words"), ("queues", "exists; choose")])
def test_new_overwrites_nothing(command, name, error):
    done = command("policies", "new", name)
    assert done.exit_code == 2
    assert error in done.output


def test_examples_with_the_expected_results_pass(examples):
    done = examples(bad=BAD, good=GOOD)
    assert (done.exit_code, done.output) == (0, "1 policy: every example has the expected results\n")


@pytest.mark.parametrize(
    ("kinds", "expected", "problem"),
    [
        ({"good": GOOD}, None, "queue-name: has no bad example; write "),
        ({"bad": GOOD}, None, "queue-name: bad: aws_sqs_queue.jobs is passed, not failed"),
        (
            {"bad": BAD, "good": BAD},
            None,
            "queue-name: good: aws_sqs_queue.jobs is failed, not passed: `name` is `jobs`",
        ),
        ({"bad": BAD, "unknown": BAD}, None, "unknown: aws_sqs_queue.jobs is failed, not not evaluated"),
        ({"bad": BAD, "good": "locals {}\n"}, None, "queue-name: good: the policy has no subject in it"),
        (
            {"bad": BAD},
            '[bad]\nfailed = ["aws_sqs_queue.jobs", "aws_sqs_queue.gone"]',
            "expected.toml has aws_sqs_queue.gone, of which there is no result",
        ),
        ({"bad": BAD}, "[bad]\nfailed = []", "aws_sqs_queue.jobs is failed, and expected.toml does not have it"),
        ({"bad": GOOD}, '[bad]\npassed = ["aws_sqs_queue.jobs"]', "bad: the policy fails nowhere in it"),
        ({"bad": BAD}, "[good]\npassed = []", "expected.toml has [good], but there is no such example"),
    ],
)
def test_other_results_are_exit_code_1(examples, kinds, expected, problem):
    done = examples(expected=expected, **kinds)
    assert done.exit_code == 1
    assert problem in done.output


@pytest.mark.parametrize("expected", ["[bad]\nfails = []", "[ugly]\nfailed = []", "[bad"])
def test_an_invalid_file_of_expectations_is_exit_code_2(examples, expected):
    done = examples(bad=BAD, expected=expected)
    assert (done.exit_code, "expected.toml" in done.output) == (2, True)


def test_a_policy_may_be_named(examples):
    assert examples("queue-name", bad=BAD).exit_code == 0
    done = examples("queue-nam", bad=BAD)
    assert (done.exit_code, "did you mean `queue-name`?" in done.output) == (2, True)


def test_without_own_policies_there_is_nothing_to_test(command):
    done = command("policies", "test", settings="")
    assert (done.exit_code, "the settings have no `own_policies`" in done.output) == (2, True)


def test_pages_have_the_documentation_and_the_examples(command, tmp_path):
    rule = RULE.replace("team.'''", "team.\n\n    Remedy: Begin the name with the team.\n    '''")
    done = command("policies", "pages", "rules", rule=rule, files={f"{EXAMPLES}/bad.tf": BAD})
    assert (done.exit_code, done.output) == (0, "rules: 2 pages\n")
    assert (
        "| ACME_001 | [queue-name](queue-name.md) | low | SQS queue has a name"
        in (tmp_path / "rules/index.md").read_text()
    )
    page = (tmp_path / "rules/queue-name.md").read_text()
    assert page.startswith("# queue-name (ACME_001)\n\n**SQS queue has a name that does not begin with its team.**")
    assert "## Remedy\n\nBegin the name with the team.\n\n## Fails\n\n```hcl\n" + BAD in page
