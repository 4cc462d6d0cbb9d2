"""How a policy reads blocks, arguments and statements: a read gives a value, or ends the policy in *not evaluated*."""
