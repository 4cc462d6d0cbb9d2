action = "iam:DeleteRolePermissionsBoundary"
