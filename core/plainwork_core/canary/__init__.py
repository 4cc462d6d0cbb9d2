"""Weighted canaries: steps and weights, and the canaries of a plan, of CDKTF output or of HCL."""
