"""Limits of AWS that an apply reaches late: what a plan has, against the default quotas or those of the account."""
