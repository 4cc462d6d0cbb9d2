service_arn = "arn:aws:vpc-lattice:eu-west-1:123456789012:service/svc-0123456789abcdef0"
