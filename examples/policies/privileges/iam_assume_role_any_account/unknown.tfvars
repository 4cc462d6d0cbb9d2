action = "sts:AssumeRole"
