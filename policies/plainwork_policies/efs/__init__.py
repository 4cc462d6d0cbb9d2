"""Policies on EFS: file systems, access points, mount targets, and the tasks that mount them."""
