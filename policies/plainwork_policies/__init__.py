"""Policies that judge Terraform plans, CDKTF JSON and HCL."""

__version__ = "0.1.0"
