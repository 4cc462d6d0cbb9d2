subjects = ["repo:*"]
