from __future__ import annotations

import pytest

from plainwork.windows import daily_window, weekly_window
from plainwork_core.aws.quiet_hours import offset, quiet_hours_begin
from plainwork_core.aws.regions import region_names
from plainwork_core.aws.time_windows import DAILY, WEEKLY, daily_minutes, is_overlap, weekly_minutes

NAMES = [f"cache-{number}" for number in range(500)]


@pytest.mark.parametrize("region", ["eu-west-1", "us-east-1", "ap-southeast-2", "${var.region}", "xx-new-9"])
def test_snapshots_and_maintenance_are_an_hour_each_and_never_overlap(region: str) -> None:
    for name in NAMES:
        daily, weekly = daily_window(name, region), weekly_window(name, region)
        assert DAILY.fullmatch(daily)
        assert WEEKLY.fullmatch(weekly)
        (begin, end), week = daily_minutes(daily), weekly_minutes(weekly)
        assert (end - begin, week[1] - week[0]) == (60, 60)
        assert not is_overlap((begin, end), week)


@pytest.mark.parametrize(
    ("region", "begin"), [("eu-west-1", 22), ("us-east-1", 3), ("us-west-2", 6), ("ap-northeast-1", 13)]
)
def test_quiet_hours_begin_at_ten_in_the_evening_of_the_region(region: str, begin: int) -> None:
    assert quiet_hours_begin(region) == begin
    begins = {(daily_minutes(daily_window(name, region))[0] - begin * 60) % (24 * 60) for name in NAMES}
    assert (min(begins), max(begins)) == (0, 180)


def test_names_are_spread_over_hours_and_days() -> None:
    assert len({daily_window(name, "eu-west-1") for name in NAMES}) == 19
    assert len({weekly_window(name, "eu-west-1") for name in NAMES}) > 100


def test_a_name_has_the_same_windows_in_each_run() -> None:
    assert (daily_window("sessions", "eu-west-1"), weekly_window("sessions", "eu-west-1")) == (
        "00:10-01:10",
        "sun:03:20-sun:04:20",
    )


def test_each_region_of_aws_has_a_location() -> None:
    assert not [region for region in region_names() if offset(region) is None]
