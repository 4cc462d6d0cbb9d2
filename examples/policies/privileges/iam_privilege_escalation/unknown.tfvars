more_actions = ["iam:CreatePolicyVersion"]
