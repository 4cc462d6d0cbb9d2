policy_version = "2008-10-17"
