provider "aws" {
  region = "eu-centrl-1"
}

# A zone, and not the region that it is in.
provider "aws" {
  alias  = "dublin"
  region = "eu-west-1a"
}
