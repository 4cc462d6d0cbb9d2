action = "lambda:UpdateFunctionCode"
