import json

import pytest

from plainwork_core.read import terraform_json
from plainwork_policies.backends.opentofu_encryption_unencrypted_fallback import (
    opentofu_encryption_unencrypted_fallback,
)
from plainwork_policies.engine.run import run
from plainwork_policies.engine.settings import Settings

ENCRYPTED, UNENCRYPTED, FORMER = "method.aes_gcm.states", "method.unencrypted.migration", "method.aes_gcm.former"
ADDRESS = "terraform.encryption"


def block(name, method, *fallbacks, more=""):
    inner = "".join(f"fallback {{\nmethod = {fallback}\n" for fallback in fallbacks)
    closers = "}\n" * len(fallbacks)
    return f"{name} {{\nmethod = {method}\n{more}{inner}{closers}}}\n"


def encryption(*targets):
    return "terraform {\nencryption {\n" + "".join(targets) + "}\n}\n"


@pytest.mark.parametrize(
    ("target", "status"),
    [
        (block("state", ENCRYPTED, UNENCRYPTED), "failed"),
        (block("plan", ENCRYPTED, UNENCRYPTED), "failed"),
        (block("state", UNENCRYPTED, ENCRYPTED), "failed"),
        (block("state", ENCRYPTED, FORMER, UNENCRYPTED), "failed"),
        (block("state", ENCRYPTED, "var.former", UNENCRYPTED), "failed"),
        (block("state", ENCRYPTED, UNENCRYPTED, more="enforced = true\n"), "failed"),
        (block("state", ENCRYPTED, "var.former"), "not_evaluated"),
        (block("state", "local.method", ENCRYPTED), "not_evaluated"),
        (block("state", ENCRYPTED), "passed"),
        (block("state", ENCRYPTED, FORMER), "passed"),
        (block("state", UNENCRYPTED), "passed"),
        ("state {\nenforced = true\n}\n", "passed"),
        (block("remote_state_data_sources", ENCRYPTED, UNENCRYPTED), "passed"),
        ("", "passed"),
    ],
)
def test_a_fallback_for_unencrypted_state_fails(target, status, statuses):
    assert statuses(opentofu_encryption_unencrypted_fallback, encryption(target)) == {ADDRESS: status}


def test_each_target_is_checked(messages):
    hcl = encryption(block("state", ENCRYPTED, UNENCRYPTED), block("plan", UNENCRYPTED, ENCRYPTED))
    assert messages(opentofu_encryption_unencrypted_fallback, hcl) == [
        f"`state` has `{UNENCRYPTED}` in a `fallback`; OpenTofu also reads it in plain text",
        f"`plan` has the method `{UNENCRYPTED}` and a `fallback`; OpenTofu writes it in plain text",
    ]


def test_the_finding_is_at_the_line_of_the_method(results):
    (result,) = results(opentofu_encryption_unencrypted_fallback, encryption(block("state", ENCRYPTED, UNENCRYPTED)))
    assert [finding.location.line for finding in result.findings] == [6]


def test_a_method_in_json_is_the_address_itself(tmp_path):
    state = {"method": ENCRYPTED, "fallback": {"method": UNENCRYPTED}}
    file = tmp_path / "main.tofu.json"
    file.write_text(json.dumps({"terraform": {"encryption": {"state": state}}}), encoding="utf-8")
    assert terraform_json.read(file).encryption is not None
    (checked,) = run([tmp_path], [opentofu_encryption_unencrypted_fallback], Settings()).stacks
    assert [result.status for result in checked.results] == ["failed"]


def test_a_stack_without_encryption_has_no_result(statuses):
    assert statuses(opentofu_encryption_unencrypted_fallback, 'provider "aws" {}\n') == {}
