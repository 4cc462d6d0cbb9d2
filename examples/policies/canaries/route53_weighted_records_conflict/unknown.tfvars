name = "api.shop.example.com"
