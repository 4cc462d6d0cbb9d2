former_method = "method.unencrypted.migration"
