tag_condition = "aws:PrincipalTag/Team"
