tags = { Environment = "prod", Owner = "platform" }
