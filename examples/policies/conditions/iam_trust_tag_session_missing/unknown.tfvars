service = "ec2.amazonaws.com"
