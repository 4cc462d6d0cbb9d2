effect = "Deny"
