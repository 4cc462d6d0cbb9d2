tags = { Owner = "platform" }
