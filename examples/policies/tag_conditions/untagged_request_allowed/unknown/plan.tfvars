operator = "ForAnyValue:StringEquals"
