"""Policies that check Terraform plans, CDKTF JSON and HCL."""
