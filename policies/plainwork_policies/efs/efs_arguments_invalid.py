"""EFS file system or access point has invalid arguments.

What: an `aws_efs_file_system` with `provisioned` throughput without a figure, or with `maxIO` beside elastic throughput
    or in one zone; an `aws_efs_access_point` whose path is relative, too long or too deep, whose permissions are no
    octal mode, whose ids are out of range or too many.
Why: the AWS provider takes them all. The plan is green, and the apply stops half way.
Remedy: write what EFS takes::

        resource "aws_efs_access_point" "reports" {
          file_system_id = aws_efs_file_system.files.id

          posix_user {
            uid = 1000
            gid = 1000
          }

          root_directory {
            path = "/reports"

            creation_info {
              owner_uid   = 1000
              owner_gid   = 1000
              permissions = "750"
            }
          }
        }
Limitations: what is not written out is not looked at. Quotas of the account are not known.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.aws.efs import (
    GENERAL_PURPOSE,
    MAX_ID,
    MAX_IO,
    MAX_PATH_DEPTH,
    MAX_PATH_LENGTH,
    MAX_SECONDARY_GIDS,
    PERMISSIONS,
)
from plainwork_core.model.connections import configured
from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import Unknown, Value
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy

_CREATION = "root_directory.0.creation_info.0"
_IDS = ("posix_user.0.uid", "posix_user.0.gid", f"{_CREATION}.owner_uid", f"{_CREATION}.owner_gid")
_PATH, _MODE, _GIDS = "root_directory.0.path", f"{_CREATION}.permissions", "posix_user.0.secondary_gids"


def file_systems_and_access_points(stack: Stack) -> list[Resource]:
    """Return the file systems and the access points."""
    return stack.managed("aws_efs_file_system", "aws_efs_access_point")


@policy(
    "PLW_EFS_003",
    "efs-arguments-invalid",
    aliases=("efs-arguments-refused",),
    severity="medium",
    subjects=file_systems_and_access_points,
    links=("https://docs.aws.amazon.com/efs/latest/ug/API_CreateAccessPoint.html",),
)
def efs_arguments_invalid(resource: Resource) -> Iterator[Finding]:
    """Judge each argument of *resource* by what EFS takes."""
    is_access_point = resource.type == "aws_efs_access_point"
    yield from _of_access_point(resource) if is_access_point else _of_file_system(resource)


def _of_file_system(file_system: Resource) -> Iterator[Finding]:
    throughput = configured(file_system, "throughput_mode")
    if isinstance(throughput, Unknown):
        yield not_evaluated("throughput_mode", throughput)
    elif throughput == "provisioned" and file_system.get("provisioned_throughput_in_mibps") is None:
        remedy = "add `provisioned_throughput_in_mibps`, or write `elastic`"
        yield fail("throughput_mode", "is `provisioned`, and nothing says how much", value=throughput, remedy=remedy)
    if configured(file_system, "performance_mode") == MAX_IO:
        in_one_zone = configured(file_system, "availability_zone_name") is not None
        if throughput == "elastic" or in_one_zone:
            beside = "in one zone" if in_one_zone else "with elastic throughput"
            remedy = f"write `{GENERAL_PURPOSE}`, which AWS recommends for all"
            yield fail("performance_mode", f"is `{MAX_IO}`, which EFS refuses {beside}", value=MAX_IO, remedy=remedy)


def _of_access_point(access_point: Resource) -> Iterator[Finding]:
    gids = access_point.get(_GIDS)
    each_gid = [(f"{_GIDS}.{index}", gid) for index, gid in enumerate(gids)] if isinstance(gids, list) else []
    for path, value in [*((name, configured(access_point, name)) for name in (_PATH, _MODE, *_IDS)), *each_gid]:
        if isinstance(value, Unknown):
            yield not_evaluated(path, value)
        elif value is not None and (problem := _problem(path, value)):
            rule, remedy = problem
            yield fail(path, f"is `{value}`, but {rule}", value=value, remedy=remedy)
    if len(each_gid) > MAX_SECONDARY_GIDS:
        remedy = "give the files to fewer groups"
        yield fail(_GIDS, f"has {len(each_gid)} groups, but EFS takes {MAX_SECONDARY_GIDS}", value=gids, remedy=remedy)


def _problem(path: str, value: Value) -> tuple[str, str] | None:
    if path == _PATH:
        return _path_problem(str(value))
    if path == _MODE:
        rule = "EFS takes three or four octal digits"
        return None if PERMISSIONS.fullmatch(str(value)) else (rule, 'write a mode such as `"750"`')
    in_range = str(value).isdigit() and int(value) <= MAX_ID
    return None if in_range else (f"an id is a number from 0 to {MAX_ID}", "write the id as a number")


def _path_problem(path: str) -> tuple[str, str] | None:
    if not path.startswith("/"):
        return "a path begins with `/`", f"write `/{path}`"
    if len(path) > MAX_PATH_LENGTH:
        return f"EFS takes {MAX_PATH_LENGTH} characters at most", "shorten it"
    too_deep = path.strip("/").count("/") >= MAX_PATH_DEPTH
    return (f"EFS takes {MAX_PATH_DEPTH} levels at most", "make it less deep") if too_deep else None
