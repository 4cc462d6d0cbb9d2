network = "192.0.2.0/24"
