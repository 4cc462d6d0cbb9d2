target_groups = [
  "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/stable/0123456789abcdef",
  "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/canary/0123456789abcdee",
]
