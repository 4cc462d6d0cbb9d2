private_dns = false
