exception = "aws:PrincipalTag/Role"
