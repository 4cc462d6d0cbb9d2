"""Results of stacks as JSON data, for a later run: in the report of a shard, and in the cache.

It has no values of arguments, except those in findings, in which secrets are hidden already. What is read back is never
code. Data of another form raises one of `DAMAGE`.
"""

from __future__ import annotations

DAMAGE = (KeyError, IndexError, TypeError, ValueError, AttributeError)
"""What reading data raises that is not of the expected form."""
