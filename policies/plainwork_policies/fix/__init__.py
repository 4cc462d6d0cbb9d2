"""Applies the mechanical fixes of findings to HCL files: `plainwork check --fix`."""
