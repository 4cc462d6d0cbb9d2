canary_weight = 5
