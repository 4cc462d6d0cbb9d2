"""The differences between two values: lists by key, JSON as JSON, policies by statement, text as lines.

It has no knowledge of plans: `differences(before, after)` compares the arguments of any two versions of a block.
"""
