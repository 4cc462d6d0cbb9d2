"""The quiet hours of a Region: the eight hours from 22:00 in the local standard time of its location, in UTC."""

from __future__ import annotations

_OFFSETS = {
    "af-south": 2,
    "ap-east": 8,
    "ap-northeast": 9,
    "ap-south": 5,
    "ap-southeast": 8,
    "ap-southeast-2": 10,
    "ap-southeast-3": 7,
    "ap-southeast-4": 10,
    "ap-southeast-6": 12,
    "ap-southeast-7": 7,
    "ca-central": -5,
    "ca-west": -7,
    "cn-": 8,
    "eu-": 1,
    "eu-west-1": 0,
    "eu-west-2": 0,
    "eusc-": 1,
    "il-central": 2,
    "me-": 3,
    "me-central": 4,
    "mx-central": -6,
    "sa-": -3,
    "us-": -5,
    "us-gov-west": -8,
    "us-iso-west": -8,
    "us-west": -8,
}
"""Whole hours between UTC and the standard time of the city of a Region, by the first part of the Region's name:
https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
"""
_BEGIN = 22
_HOURS_PER_DAY = 24

QUIET_HOURS = 8
"""Length of the quiet hours."""


def quiet_hours_begin(region: str) -> int:
    """Return the hour in UTC at which the quiet hours of a Region begin; 22 for a Region without a known location."""
    return (_BEGIN - (offset(region) or 0)) % _HOURS_PER_DAY


def offset(region: str) -> int | None:
    """Return the whole hours between UTC and the standard time of a Region; None if its location is not known."""
    longest = max((prefix for prefix in _OFFSETS if region.startswith(prefix)), key=len, default=None)
    return None if longest is None else _OFFSETS[longest]
