variable "region" {
  type = string
}

provider "aws" {
  region = var.region
}

# The format of a Region, which may be newer than the table.
provider "aws" {
  alias  = "new"
  region = "eu-south-9"
}
