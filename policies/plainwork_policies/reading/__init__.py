"""The reading API of policies: a read returns a value, or the result of the policy is *not evaluated*."""
