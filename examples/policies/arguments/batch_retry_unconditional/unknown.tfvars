action = "EXIT"
