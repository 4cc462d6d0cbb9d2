variable "action" {
  type = string
}

variable "bucket_arn" {
  type = string
}

module "policy" {
  source     = "./policy"
  action     = var.action
  bucket_arn = var.bucket_arn
}
