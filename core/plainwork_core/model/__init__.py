"""The model of a stack: blocks, values and references, independent of the format of the input."""
