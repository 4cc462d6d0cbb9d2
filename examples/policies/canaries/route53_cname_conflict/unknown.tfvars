verified_name = "example.com"
