"""EFS file system or access point has invalid arguments.

What: An `aws_efs_file_system` with `provisioned` throughput but without `provisioned_throughput_in_mibps`, or with
    `maxIO` together with elastic throughput or One Zone storage. An `aws_efs_access_point` whose path is relative, too
    long or too deep, whose permissions are not an octal mode, or whose IDs are out of range or too many.
Why: `terraform plan` accepts these values. EFS rejects them during apply.
Remedy: Set the argument to a value that EFS accepts.
Limitations: Quotas of the account are not checked.
"""

from __future__ import annotations

from plainwork_core.aws.efs import (
    GENERAL_PURPOSE,
    MAX_ID,
    MAX_IO,
    MAX_PATH_DEPTH,
    MAX_PATH_LENGTH,
    MAX_SECONDARY_GIDS,
    PERMISSIONS,
)
from plainwork_policies.api import (
    Argument,
    Finding,
    Findings,
    Resource,
    all_conditions,
    any_condition,
    check_each,
    is_certain,
    policy,
)

_IDS = (
    "posix_user.uid",
    "posix_user.gid",
    "root_directory.creation_info.owner_uid",
    "root_directory.creation_info.owner_gid",
)


@policy(
    "PLW_EFS_003",
    "efs-arguments-invalid",
    severity="medium",
    on=("aws_efs_file_system", "aws_efs_access_point"),
    aliases=("efs-arguments-refused",),
    links=("https://docs.aws.amazon.com/efs/latest/ug/API_CreateAccessPoint.html",),
)
def efs_arguments_invalid(resource: Resource) -> Findings:
    """Check each argument by the rules of EFS."""
    if resource.type == "aws_efs_file_system":
        checks = (_throughput_problems, _performance_problems)
        yield from check_each(checks, lambda check: check(resource))
    else:
        parts = (_path_problems, _permission_problems, _id_problems, _secondary_gid_problems)
        yield from check_each(parts, lambda check: check(resource))


def _throughput_problems(file_system: Resource) -> Findings:
    mode, throughput = file_system["throughput_mode"], file_system["provisioned_throughput_in_mibps"]
    if not throughput.is_configured and mode.string(default="") == "provisioned":
        message = f"`throughput_mode` is {mode.state}, but `{throughput.path}` is not set"
        yield mode.fail(message, remedy=f"Set `{throughput.path}`, or set `throughput_mode` to `elastic`.")


def _performance_problems(file_system: Resource) -> Findings:
    performance = file_system["performance_mode"]

    def is_one_zone() -> bool:
        return file_system["availability_zone_name"].is_set

    def is_elastic() -> bool:
        return file_system["throughput_mode"].string(default="") == "elastic"

    if all_conditions(
        lambda: performance.string(default="") == MAX_IO,
        lambda: any_condition(is_one_zone, is_elastic),
    ):
        feature = "One Zone storage" if is_certain(is_one_zone) else "elastic throughput"
        message = f"`performance_mode` is {performance.state}, which {feature} does not support"
        yield performance.fail(message, remedy=f"Set `performance_mode` to `{GENERAL_PURPOSE}`.")


def _path_problems(access_point: Resource) -> Findings:
    path = access_point["root_directory.path"]
    text = path.string(default="/")
    if not text.startswith("/"):
        yield _problem(path, "path", "a path begins with `/`", f"`/{text}`")
    elif len(text) > MAX_PATH_LENGTH:
        rule = f"the maximum length is {MAX_PATH_LENGTH} characters"
        yield _problem(path, "path", rule, "a shorter path")
    elif text.strip("/").count("/") >= MAX_PATH_DEPTH:
        rule = f"the maximum depth is {MAX_PATH_DEPTH} levels"
        yield _problem(path, "path", rule, "a path with fewer levels")


def _permission_problems(access_point: Resource) -> Findings:
    permissions = access_point["root_directory.creation_info.permissions"]
    if not PERMISSIONS.fullmatch(permissions.string(default="000")):
        rule = "permissions are three or four octal digits"
        yield _problem(permissions, "permissions", rule, 'a mode such as `"750"`')


def _id_problems(access_point: Resource) -> Findings:
    yield from check_each([access_point[path] for path in _IDS], _id_problem)


def _secondary_gid_problems(access_point: Resource) -> Findings:
    group_ids = access_point["posix_user.secondary_gids"]
    yield from check_each(group_ids.members(), _id_problem)
    if is_certain(lambda: len(group_ids.members()) > MAX_SECONDARY_GIDS):
        message = f"`secondary_gids` has {len(group_ids.members())} IDs; the maximum is {MAX_SECONDARY_GIDS}"
        yield group_ids.fail(message, remedy=f"Set `secondary_gids` to at most {MAX_SECONDARY_GIDS} IDs.")


def _id_problem(argument: Argument) -> Findings:
    text = argument.string(default="0")
    if not (text.isdigit() and int(text) <= MAX_ID):
        name = next(step for step in reversed(argument.path.split(".")) if not step.isdigit())
        valid = f"a number from 0 to {MAX_ID}"
        yield _problem(argument, name, f"an ID is {valid}", valid)


def _problem(argument: Argument, name: str, rule: str, valid: str) -> Finding:
    return argument.fail(f"`{name}` is {argument.state}; {rule}", remedy=f"Set `{name}` to {valid}.")
