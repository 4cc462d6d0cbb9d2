role_arns = ["arn:aws:iam::111122223333:role/report-task"]
