cost_center = "cc-1001"
