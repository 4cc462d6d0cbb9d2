"""The comparison of a run with a base: a baseline, a saved result, or a run on another version of the code."""
