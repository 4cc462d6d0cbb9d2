"""Secrets are in no output of the command: not in a report, a line of code or an error."""

import time

import pytest
from click.testing import CliRunner

from plainwork_cli.main import main
from plainwork_core.secrets import hidden_line, hidden_message, hiding

SECRET = "hunter2-hunter2-hunter2"
USER = """
resource "aws_elasticache_user" "u" {
  user_id       = "u"
  user_name     = "u"
  engine        = "REDIS"
  access_string = "on >%(secret)s ~* +@all"
  passwords = [
    "%(secret)s",
  ]
}
"""
DATABASE = 'resource "aws_db_instance" "d" {\n  password = "%(secret)s"\n  identifier = "x"\n}\n'
STORE = """
resource "aws_secretsmanager_secret_version" "v" {
  secret_id     = "s"
  secret_string = jsonencode({
    user = "%(secret)s"
  })
}
"""
BACKEND = 'terraform {\n  backend "s3" {\n    secret_key = "%(secret)s"\n    token = "%(secret)s"\n  }\n}\n'
ENCRYPTION = (
    'terraform {\n  encryption {\n    key_provider "pbkdf2" "k" {\n      passphrase = "%(secret)s"\n    }\n'
    "    state {\n      method = method.aes_gcm.x\n      fallback {\n        method = method.unencrypted.x\n"
    "      }\n    }\n  }\n}\n"
)
PROVIDER = 'provider "aws" {\n  access_key = "%(secret)s"\n  secret_key = "%(secret)s"\n}\n'


@pytest.fixture
def output(tmp_path, monkeypatch):
    """`output(hcl, *options)`: what `plainwork check` prints."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PLAINWORK_CONFIG", raising=False)

    def output(text, *options, name="main.tf"):
        (tmp_path / name).write_text(text)
        return CliRunner().invoke(main, ["check", ".", *options], catch_exceptions=False).output

    return output


@pytest.mark.parametrize("format_", ["text", "json"])
@pytest.mark.parametrize(
    "hcl",
    [USER, DATABASE, STORE, BACKEND, ENCRYPTION, PROVIDER],
    ids=["user", "database", "store", "s3", "encryption", "aws"],
)
def test_a_secret_is_in_no_report(hcl, format_, output):
    found = output(hcl % {"secret": SECRET}, "--format", format_)
    assert "passed" in found or "failed" in found
    assert SECRET not in found


def test_a_credential_without_quotes_is_not_shown(output, tmp_path):
    (tmp_path / "s3.backend").write_text("secret_key = hunter2\n")
    found = output('terraform {\n  backend "s3" {}\n}\n', "--backend-config", "s3.backend")
    assert "`secret_key` refers to `(sensitive)`" in found
    assert "secret_key = (sensitive)" in found
    assert "hunter2" not in found


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("main.tf", 'provider "aws" {\n  secret_key = a hunter2\n}\n'),
        ("main.tf.json", '{"provider": {"aws": {"secret_key": "${a hunter2}"}}}'),
        ("main.tf.json", '{"provider": {"aws": {"secret_key": "%{hunter2}"}}}'),
    ],
)
def test_a_syntax_error_does_not_quote_a_secret(name, text, output):
    found = output(text, name=name)
    assert "syntax error" in found
    assert "hunter2" not in found


def test_an_error_of_render_does_not_quote_a_secret(tmp_path):
    (tmp_path / "cdk.tf.json").write_text('{"resource": {"aws_db_instance": {"d": {"password": "${hunter2 a}"}}}}')
    done = CliRunner().invoke(main, ["render", str(tmp_path), "--stdout"])
    assert "aws_db_instance.d.password: `(sensitive)` is not a valid expression" in done.output
    assert "hunter2" not in done.output


def test_a_syntax_error_quotes_what_is_no_secret(output):
    assert "found `b`" in output('provider "aws" {\n  region = a b\n}\n')


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ('secret_key = "a"', "secret_key = (sensitive)"),
        ("secret_key = a/b", "secret_key = (sensitive)"),
        ('"access_key": "a",', '"access_key": (sensitive)'),
        ('passwords = ["a", "b"]', "passwords = [(sensitive)"),
        ('{ user = "u", db_password = "a" }', '{ user = "u", db_password = (sensitive)'),
        ('run("DB_PASSWORD=a")', 'run("DB_PASSWORD=(sensitive)'),
        ("password: a", "password: (sensitive)"),
        ("password := a", "password := (sensitive)"),
        (
            "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db",
            "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db",
        ),
        ('var.password == "" ? 1 : 2', 'var.password == "" ? 1 : 2'),
        ("password = var.password", "password = var.password"),
        ("passwords = [", "passwords = ["),
        ("password = random_password.p.result", "password = random_password.p.result"),
        ('creation_token = "files"', 'creation_token = "files"'),
        ('secret_arn = "arn"', 'secret_arn = "arn"'),
        ("minimum_password_length = 14", "minimum_password_length = 14"),
        ('actions = ["secretsmanager:GetSecretValue"]', 'actions = ["secretsmanager:GetSecretValue"]'),
    ],
)
def test_a_literal_is_hidden_by_the_name_of_its_argument(line, shown):
    assert hidden_line(line) == shown


@pytest.mark.parametrize("line", ["secret" * 8000, "token_" * 8000 + "= a", "a " * 20000, "secret_key" + " " * 40000])
def test_a_long_line_takes_linear_time(line):
    started = time.process_time()
    hidden_line(line)
    assert time.process_time() - started < 1


def test_a_short_secret_is_hidden_in_quotes_only():
    hide = hiding(["abc", "a-long-secret"])
    assert hide("abcd `abc` xa-long-secretx") == "abcd `(sensitive)` x(sensitive)x"


def test_a_message_about_another_line_is_kept():
    text = 'secret_key = "a"\nregion = b c\n'
    assert hidden_message("found `c`", text, 2) == "found `c`"
    assert hidden_message("found `c`", text, 1) == "found `(sensitive)`"


def test_the_engine_in_a_database_secret_is_a_word_and_no_secret(output):
    store = STORE.replace("user =", 'engine = "redshift"\n    user =') % {"secret": SECRET}
    attachment = (
        'resource "aws_iam_role_policy_attachment" "a" {\n  role       = "r"\n'
        '  policy_arn = "arn:aws:iam::aws:policy/AmazonRedshiftFullAccess"\n}\n'
    )
    found = output(store + attachment)
    assert "`redshift:*`" in found
    assert SECRET not in found


def test_the_name_of_an_argument_in_place_of_a_secret_is_not_hidden():
    hide = hiding(["client_secret", "hunter2-hunter2"])
    assert hide("`client_secret` is `hunter2-hunter2`") == "`client_secret` is `(sensitive)`"


def test_a_reference_in_place_of_a_credential_is_not_hidden(output):
    found = output('terraform {\n  backend "gcs" {\n    credentials = var.credentials\n  }\n}\n')
    assert "`credentials` refers to `var.credentials`" in " ".join(found.split())
