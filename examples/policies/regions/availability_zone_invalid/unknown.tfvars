zone = "eu-central-1a"
