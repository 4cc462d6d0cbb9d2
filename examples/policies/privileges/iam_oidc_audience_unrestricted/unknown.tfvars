provider_arn = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"
