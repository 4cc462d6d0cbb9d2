visibility_timeout = 360
