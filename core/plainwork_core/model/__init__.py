"""The model of a stack: blocks, values and references, whatever input they come from."""
