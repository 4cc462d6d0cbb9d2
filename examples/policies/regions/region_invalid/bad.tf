provider "aws" {
  region = "eu-centrl-1"
}

# An Availability Zone instead of its Region.
provider "aws" {
  alias  = "dublin"
  region = "eu-west-1a"
}
