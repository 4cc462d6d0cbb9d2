hosts = ["*"]
