service = "ssm"
