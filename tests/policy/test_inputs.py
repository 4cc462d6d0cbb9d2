"""The inputs of a path: plans, HCL and CDKTF output; any other input is an error."""

import codecs
import json
import os
from pathlib import Path

import pytest

from plainwork_core.errors import InputError
from plainwork_core.hcl.language import LANGUAGE
from plainwork_core.hcl.write import render
from plainwork_core.read import find, read

PLAN = Path(__file__).parents[1] / "generated" / "plans" / "modules" / "plan.json"
TEXT = PLAN.read_text(encoding="utf-8")
DOCUMENT = json.loads(TEXT)


def write(folder, content, name="plan.json"):
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def error_of(path):
    with pytest.raises(InputError) as raised:
        read(path)
    return str(raised.value)


ENCODINGS = {
    "UTF-8": TEXT.encode(),
    "UTF-8 with a mark": codecs.BOM_UTF8 + TEXT.encode(),
    "UTF-16 LE, as PowerShell writes": codecs.BOM_UTF16_LE + TEXT.replace("\n", "\r\n").encode("utf-16-le"),
    "UTF-16 BE": codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    "pretty": json.dumps(DOCUMENT, indent=4).encode(),
}


@pytest.mark.parametrize("content", ENCODINGS.values(), ids=ENCODINGS)
def test_a_plan_is_read_in_every_encoding_that_tools_write(tmp_path, content):
    [stack] = read(write(tmp_path, content))
    assert stack.resources[1].get("name") == "west-1"


@pytest.mark.parametrize("version", ["0.1", "0.2", "1.0", "1.2", "1.99"])
def test_a_plan_of_every_known_format_version_is_read(tmp_path, version):
    assert read(write(tmp_path, json.dumps(DOCUMENT | {"format_version": version})))


@pytest.mark.parametrize("version", ["2.0", "10.0", "", None, 1])
def test_a_plan_with_an_unsupported_format_version_is_an_error(tmp_path, version):
    message = error_of(write(tmp_path, json.dumps(DOCUMENT | {"format_version": version})))
    assert f"`format_version` {version!r}; 0.1 to 1.x are supported" in message


def test_a_plan_is_recognized_by_its_content(tmp_path):
    [stack] = read(write(tmp_path, TEXT, "production.tfplan"))
    assert stack.format == "plan"


INVALID = {
    "empty file": ("", "empty file"),
    "blank file": (" \n", "empty file"),
    "cut short": (TEXT[:9000], ":1: invalid JSON"),
    "a list": ("[]", "a JSON list"),
    "JSON that is no plan": ('{"name": "web"}', "not a Terraform plan (no `planned_values`)"),
    "an empty object": ("{}", "not a Terraform plan"),
    "nested without end": ("[" * 100_000, "nested too deeply"),
    "a state": (json.dumps({"format_version": "1.0", "terraform_version": "1.11.4", "values": {}}), "a state"),
    "a state file": ((Path(__file__).parent / "plans" / "changes" / "state.json").read_bytes(), "a state"),
    "a binary plan": (b"PK\x03\x04\x14\x00", "binary plan; convert it with `terraform show -json"),
    "the log of a plan": ('{"@level":"info"}\n{"@level":"info"}\n', "the log of `terraform plan -json`"),
    "not text": (b'{"a": "\xff"}', ":1: invalid UTF-8 byte 0xff"),
    "UTF-16 without a mark": (TEXT.encode("utf-16-le"), "UTF-16 without a byte order mark"),
    "a plan without its parts": (
        json.dumps(DOCUMENT | {"planned_values": []}),
        "damaged plan: `planned_values` is not a map; ",
    ),
    "a plan that lost a resource": (
        TEXT.replace('"address":"aws_sqs_queue.west[0]"', '"address":"x"', 1),
        "no `planned_values` of aws_",
    ),
    "a plan without its configuration": (json.dumps(DOCUMENT | {"configuration": None}), "no `configuration`"),
    "a plan without the state of a change": (
        json.dumps(
            DOCUMENT
            | {
                "resource_changes": [
                    {**change, "change": {**change["change"], "before": 7}} for change in DOCUMENT["resource_changes"]
                ]
            }
        ),
        "no `before` of ",
    ),
    "a plan without its changes": (json.dumps(DOCUMENT | {"resource_changes": None}), "no `resource_changes` of aws_"),
    "a plan with a key twice": (
        TEXT.replace('"planned_values"', '"errored":true,"errored":false,"planned_values"', 1),
        "duplicate key 'errored'",
    ),
    "a plan with a number that is none": (TEXT.replace('"errored":false', '"errored":NaN'), "NaN is not a number"),
    "anything else": ("resource {}", "not JSON and not a .tf file"),
}


@pytest.mark.parametrize(("content", "why"), INVALID.values(), ids=INVALID)
def test_an_input_that_is_not_a_plan_is_an_error_with_the_reason(tmp_path, content, why):
    file = write(tmp_path, content)
    assert error_of(file).startswith(f"{file}:")
    assert why in error_of(file)


def test_an_incomplete_plan_is_an_error():
    assert "`errored` is true" in error_of(PLAN.parents[1] / "errored" / "plan.json")


def test_a_path_that_does_not_exist_is_an_error(tmp_path):
    assert error_of(tmp_path / "nope") == f"{tmp_path / 'nope'}: does not exist"


def test_a_directory_without_inputs_is_an_error(tmp_path):
    write(tmp_path, '{"name": "web"}', "package.json")
    write(tmp_path, "resource {}", ".terraform/modules/m/main.tf")
    assert ": no *.tf" in error_of(tmp_path)


def test_a_directory_is_searched_for_plans_modules_and_cdktf_output(tmp_path):
    write(tmp_path, TEXT, "plans/prod.json")
    write(tmp_path, "", "web/main.tf")
    write(tmp_path, "", "web/modules/queue/main.tf")
    write(tmp_path, "{}", "json/main.tf.json")
    write(tmp_path, '{"stacks": {"s": {"synthesizedStackPath": "stacks/s/cdk.tf.json"}}}', "cdktf.out/manifest.json")
    write(tmp_path, "{}", "cdktf.out/stacks/s/cdk.tf.json")
    assert [str(Path(source.source).relative_to(tmp_path)) for source in find(tmp_path)] == [
        "cdktf.out/stacks/s/cdk.tf.json",
        "json/main.tf.json",
        "plans/prod.json",
        "web",
        "web/modules/queue",
    ]


def test_a_damaged_plan_in_a_directory_is_an_error(tmp_path):
    write(tmp_path, TEXT[:9000])
    assert "plan.json:1: invalid JSON" in error_of(tmp_path)


def test_a_link_to_a_directory_outside_is_not_followed_and_noted(tmp_path):
    root, outside = tmp_path / "root", tmp_path / "outside"
    for directory in (root, outside):
        directory.mkdir()
        (directory / "main.tf").write_text('resource "aws_sqs_queue" "q" {}\n')
    (root / "link").symlink_to(outside)

    (found,) = find(root)

    (note,) = found.read().notes
    assert (note.is_incomplete, f"`{root / 'link'}` is a link to a directory outside" in note.message) == (True, True)


def test_a_directory_behind_a_link_is_searched_once(tmp_path):
    write(tmp_path, TEXT, "real/plan.json")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "real" / "loop").symlink_to(tmp_path)
    assert len(find(tmp_path)) == 1


def test_the_manifest_of_cdktf_hides_no_other_file(tmp_path):
    write(tmp_path, '{"stacks": {"s": {"synthesizedStackPath": "stacks/s/cdk.tf.json"}}}', "manifest.json")
    write(tmp_path, "{}", "stacks/s/cdk.tf.json")
    write(tmp_path, TEXT, "stacks/s/plan.json")
    write(tmp_path, "", "main.tf")
    write(tmp_path, "{}", "stacks/not_listed/cdk.tf.json")
    assert [str(Path(source.source).relative_to(tmp_path)) for source in find(tmp_path)] == [
        "stacks/s/cdk.tf.json",
        "stacks/s/plan.json",
        ".",
        "stacks/not_listed/cdk.tf.json",
    ]


def test_a_stack_of_cdktf_with_another_file_is_one_root_module(tmp_path):
    write(tmp_path, '{"stacks": {"s": {"synthesizedStackPath": "stacks/s/cdk.tf.json"}}}', "manifest.json")
    write(tmp_path, '{"resource": {"aws_sqs_queue": {"a": {}}}}', "stacks/s/cdk.tf.json")
    write(tmp_path, 'resource "aws_sqs_queue" "b" {}\n', "stacks/s/extra.tf")
    (stack,) = read(tmp_path)
    assert [resource.address for resource in stack.resources] == ["aws_sqs_queue.a", "aws_sqs_queue.b"]


def test_a_manifest_of_cdktf_does_not_lead_out_of_its_directory(tmp_path):
    write(tmp_path, '{"stacks": {"s": {"synthesizedStackPath": "../cdk.tf.json"}}}', "app/manifest.json")
    write(tmp_path, "{}", "cdk.tf.json")
    assert "stack 's' is outside of" in error_of(tmp_path / "app")


def test_a_pipe_among_the_files_of_a_directory_is_not_read(tmp_path):
    os.mkfifo(tmp_path / "plan.json")
    assert "no *.tf" in error_of(tmp_path)
    os.mkfifo(tmp_path / "x.tf")
    assert f"{tmp_path / 'x.tf'}: not a regular file" in error_of(tmp_path)


def test_cdktf_output_that_lists_a_missing_stack_is_an_error(tmp_path):
    write(tmp_path, '{"stacks": {"s": {"synthesizedStackPath": "stacks/s/cdk.tf.json"}}}', "manifest.json")
    assert f"{tmp_path / 'stacks/s/cdk.tf.json'}: listed in manifest.json" in error_of(tmp_path)


NOT_SKIPPED = {
    "a plan with sorted keys": ("plan.json", json.dumps(DOCUMENT | {"planned_values": []}, sort_keys=True)),
    "a plan that was cut short and sorted": ("plan.json", json.dumps(DOCUMENT, sort_keys=True)[:-200]),
    "a plan with an ending in capitals": ("plan.JSON", TEXT[:9000]),
    "what a failed terraform show leaves": ("tfplan.json", ""),
    "a file of OpenTofu": ("main.tofu", 'resource "aws_sqs_queue" {}'),
    "JSON of OpenTofu": ("main.tofu.json", "{"),
    "an override file": ("override.tf.json", '{"resource": {"aws_sqs_queue": {"q": {}}}}'),
}


@pytest.mark.parametrize(("name", "content"), NOT_SKIPPED.values(), ids=NOT_SKIPPED)
def test_an_invalid_input_beside_others_is_an_error(tmp_path, name, content):
    write(tmp_path, TEXT, "good/plan.json")
    write(tmp_path, content, f"other/{name}")
    assert error_of(tmp_path).startswith(f"{tmp_path / 'other' / name}:")


@pytest.mark.parametrize("name", ["main.tf", "main.tf.json", "plan.json"])
@pytest.mark.parametrize("target", ["nowhere", "itself"])
def test_a_broken_link_is_an_error(tmp_path, name, target):
    write(tmp_path, TEXT, "good/plan.json")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / name).symlink_to(name if target == "itself" else "nowhere")
    assert error_of(tmp_path).startswith(f"{tmp_path / 'other' / name}: cannot be read: ")


def test_an_opentofu_file_beside_json_of_terraform_is_of_the_same_root_module(tmp_path):
    write(tmp_path, '{"resource": {"aws_sqs_queue": {"q": {}}}}', "cdk.tf.json")
    write(tmp_path, 'resource "aws_sqs_queue" "r" {}', "main.tofu")
    [stack] = read(tmp_path)
    assert [resource.name for resource in stack.resources] == ["q", "r"]


def test_an_opentofu_file_alone_is_read(tmp_path):
    [stack] = read(write(tmp_path, 'resource "aws_sqs_queue" "r" {}', "main.tofu"))
    assert [resource.name for resource in stack.resources] == ["r"]


def test_a_directory_a_file_and_the_writer_accept_the_same_blocks(tmp_path):
    """R22: they had three tables, of which one had no `action`."""
    document = {type_: {} for type_ in LANGUAGE} | {
        "action": {"aws_lambda_invoke": {"warm": {"provider": "aws.west", "config": {"function_name": "warm"}}}},
        "resource": {"aws_sqs_queue": {"q": {"lifecycle": {"action_trigger": [{
            "events": ["after_create"], "actions": ["action.aws_lambda_invoke.warm"],
        }]}}}},
    }  # fmt: skip
    file = write(tmp_path / "json", json.dumps(document), "cdk.tf.json")
    write(tmp_path / "hcl", render(document), "main.tf")
    write(tmp_path / "twin", json.dumps(document), "main.tf.json")
    write(tmp_path / "twin", "", "more.tf")
    stacks = [*read(file), *read(tmp_path / "hcl"), *read(tmp_path / "twin")]
    assert [[resource.address for resource in stack.resources] for stack in stacks] == [["aws_sqs_queue.q"]] * 3
    assert "events  = [after_create]" in render(document)
    assert "provider = aws.west" in render(document)


def test_an_error_of_the_operating_system_is_one_message(tmp_path):
    file = tmp_path / ("x" * 300)
    assert error_of(file) == f"{file}: cannot be read: File name too long"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
@pytest.mark.parametrize("locked", ["locked", "plan.json"])
def test_a_file_without_read_permission_is_an_error(tmp_path, locked):
    write(tmp_path, "", "locked/main.tf")
    write(tmp_path, TEXT)
    (tmp_path / locked).chmod(0)
    assert error_of(tmp_path) == f"{tmp_path / locked}: cannot be read: Permission denied"


RESOURCE, CHANGE = "planned_values.root_module.resources[0]", "resource_changes[0]"
DAMAGES = {
    "no address of a resource": (lambda resource, _: resource.pop("address"), f"`{RESOURCE}` has no `address`"),
    "another mode": (
        lambda resource, _: resource.update(mode="other"),
        f"`{RESOURCE}.mode` is not `data` or `managed`",
    ),
    "a list as the mode": (
        lambda resource, _: resource.update(mode=[]),
        f"`{RESOURCE}.mode` is not `data` or `managed`",
    ),
    "the type of a resource": (lambda resource, _: resource.update(type=7), f"`{RESOURCE}.type` is not a string"),
    "the values of a resource": (
        lambda resource, _: resource.update(values=["x"]),
        f"`{RESOURCE}.values` is not a map",
    ),
    "no change": (lambda _, change: change.pop("change"), f"`{CHANGE}` has no `change`"),
    "an action": (
        lambda _, change: change["change"].update(actions=[{}]),
        f"`{CHANGE}.change.actions[0]` is not a string",
    ),
    "the type of a change": (lambda _, change: change.update(type=None), f"`{CHANGE}` has no `type`"),
    "the replaced paths": (
        lambda _, change: change["change"].update(replace_paths={"a": 1}),
        f"`{CHANGE}.change.replace_paths` is not a list",
    ),
    "300 levels": (lambda resource, _: resource.update(values={"a": nested(300)}), "it has more than 200 levels"),
    "300 levels in the state": (
        lambda _, change: change["change"].update(before={"a": nested(300)}),
        "it has more than 200 levels",
    ),
    "400 levels of unknown values": (
        lambda _, change: change["change"].update(after_unknown={"a": nested(400, value=True)}),
        "it is nested too deeply to be read",
    ),
}


def nested(levels, value=None):
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(("damage", "problem"), DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_plan_is_an_error_that_names_the_part(damage, problem, tmp_path):
    document = json.loads(PLAN.read_text(encoding="utf-8"))
    damage(document["planned_values"]["root_module"]["resources"][0], document["resource_changes"][0])
    (tmp_path / "plan.json").write_text(json.dumps(document), encoding="utf-8")
    assert f"damaged plan: {problem}" in error_of(tmp_path / "plan.json")
