secret_arns = ["arn:aws:secretsmanager:eu-west-1:111122223333:secret:worker-AbCdEf"]
