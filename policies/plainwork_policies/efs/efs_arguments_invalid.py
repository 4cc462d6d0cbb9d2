"""EFS file system or access point has invalid arguments.

What: An `aws_efs_file_system` with `provisioned` throughput but without `provisioned_throughput_in_mibps`, or with
    `maxIO` together with elastic throughput or One Zone storage, or with several transitions in one `lifecycle_policy`.
    An `aws_efs_access_point` whose path is relative, too long or too deep, whose permissions are not an octal mode, or
    whose IDs are out of range or too many.
Why: `terraform plan` accepts these values. EFS rejects them during apply.
Remedy: Set the argument to a value that EFS accepts.
Limitations: Quotas of the account are not checked.
"""

from __future__ import annotations

from collections.abc import Callable

from plainwork_core.aws.efs import (
    GENERAL_PURPOSE,
    MAX_ID,
    MAX_IO,
    MAX_PATH_DEPTH,
    MAX_PATH_LENGTH,
    MAX_SECONDARY_GIDS,
    PERMISSIONS,
    TRANSITIONS,
)
from plainwork_core.text import enumeration
from plainwork_policies.api import (
    Argument,
    Block,
    Findings,
    Resource,
    all_conditions,
    any_condition,
    check_each,
    is_certain,
    policy,
)

Rule = Callable[[str], tuple[str, str] | None]
"""The rule that a text breaks and a valid value, or `None`."""
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
    links=(
        "https://docs.aws.amazon.com/efs/latest/ug/API_CreateAccessPoint.html",
        "https://docs.aws.amazon.com/efs/latest/ug/API_PutLifecycleConfiguration.html",
        "https://docs.aws.amazon.com/efs/latest/ug/performance.html#performancemodes",
    ),
)
def efs_arguments_invalid(resource: Resource) -> Findings:
    """Check each argument by the rules of EFS."""
    if resource.type == "aws_efs_access_point":
        yield from _access_point_problems(resource)
    else:
        checks = (_throughput_problems, _performance_problems, _lifecycle_problems)
        yield from check_each(checks, lambda check: check(resource))


def _throughput_problems(file_system: Resource) -> Findings:
    mode, throughput = file_system["throughput_mode"], file_system["provisioned_throughput_in_mibps"]
    if not throughput.is_configured and mode.string(default="") == "provisioned":
        message = f"`throughput_mode` is {mode.state}, but `{throughput.path}` is not set"
        yield mode.fail(message, remedy=f"Set `{throughput.path}`, or set `throughput_mode` to `elastic`.")


def _performance_problems(file_system: Resource) -> Findings:
    performance, zone = file_system["performance_mode"], file_system["availability_zone_name"]
    if all_conditions(
        lambda: performance.string(default="") == MAX_IO,
        lambda: any_condition(
            lambda: zone.is_set, lambda: file_system["throughput_mode"].string(default="") == "elastic"
        ),
    ):
        feature = "One Zone storage" if is_certain(lambda: zone.is_set) else "elastic throughput"
        message = f"`performance_mode` is {performance.state}, which {feature} does not support"
        yield performance.fail(message, remedy=f"Set `performance_mode` to `{GENERAL_PURPOSE}`.")


def _lifecycle_problems(file_system: Resource) -> Findings:
    yield from check_each(file_system.blocks("lifecycle_policy"), _transition_problems)


def _transition_problems(lifecycle: Block) -> Findings:
    transitions = [lifecycle[name] for name in TRANSITIONS]
    configured = [argument for argument in transitions if argument.raw not in (None, "")]
    if len(configured) > 1 and all(argument.string() for argument in configured):
        names = enumeration(argument.name for argument in configured)
        message = f"{names} are in one `lifecycle_policy`; EFS requires one transition in each"
        yield configured[1].fail(message, remedy="Write one `lifecycle_policy` block for each transition.")


def _access_point_problems(access_point: Resource) -> Findings:
    group_ids = access_point["posix_user.secondary_gids"]
    ids = [*(access_point[path] for path in _IDS), *group_ids.members()]
    rules: list[tuple[Argument, Rule]] = [
        (access_point["root_directory.path"], _path_rule),
        (access_point["root_directory.creation_info.permissions"], _permission_rule),
        *((argument, _id_rule) for argument in ids),
    ]
    yield from check_each(rules, lambda rule: _problems(*rule))
    if is_certain(lambda: len(group_ids.members()) > MAX_SECONDARY_GIDS):
        message = f"`secondary_gids` has {len(group_ids.members())} IDs; the maximum is {MAX_SECONDARY_GIDS}"
        yield group_ids.fail(message, remedy=f"Set `secondary_gids` to at most {MAX_SECONDARY_GIDS} IDs.")


def _problems(argument: Argument, broken_rule: Rule) -> Findings:
    text = argument.string(default=None)
    if text is not None and (found := broken_rule(text)):
        rule, valid = found
        yield argument.fail(f"`{argument.name}` is `{text}`; {rule}", remedy=f"Set `{argument.name}` to {valid}.")


def _path_rule(path: str) -> tuple[str, str] | None:
    if not path.startswith("/"):
        return "a path begins with `/`", f"`/{path}`"
    if len(path) > MAX_PATH_LENGTH:
        return f"the maximum length is {MAX_PATH_LENGTH} characters", "a shorter path"
    is_too_deep = path.strip("/").count("/") >= MAX_PATH_DEPTH
    return (f"the maximum depth is {MAX_PATH_DEPTH} levels", "a path with fewer levels") if is_too_deep else None


def _permission_rule(permissions: str) -> tuple[str, str] | None:
    is_valid = PERMISSIONS.fullmatch(permissions)
    return None if is_valid else ("permissions are three or four octal digits", 'a mode such as `"750"`')


def _id_rule(text: str) -> tuple[str, str] | None:
    valid = f"a number from 0 to {MAX_ID}"
    return None if text.isdigit() and int(text) <= MAX_ID else (f"an ID is {valid}", valid)
