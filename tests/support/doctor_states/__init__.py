"""The states into which a backend is put: what is done to a healthy one, and the cause that the doctor must name."""

from __future__ import annotations

from tests.support.doctor_states import access, buckets, healthy, keys, locks, permissions, states, tables

ILL = (
    *access.STATES,
    *buckets.STATES,
    *states.STATES,
    *keys.STATES,
    *tables.STATES,
    *locks.STATES,
    *permissions.STATES,
)
HEALTHY = healthy.STATES
