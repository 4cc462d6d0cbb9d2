evaluate = true
