tags  = { Environment = "prod", Owner = "platform" }
owner = "platform"
