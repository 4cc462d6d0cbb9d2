hostnames = true
