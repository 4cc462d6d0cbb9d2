provider "aws" {
  region = "eu-central-1"
}

# The directory of this module is not in the run.
module "orders" {
  source = "./queues/orders"
  name   = "orders"
}
