resources = ["*"]
