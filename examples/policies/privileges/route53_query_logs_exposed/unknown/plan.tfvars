log_groups = ["*"]
