provider "aws" {
  region = "eu-central-1"
}

# Not AWS, and so with regions of its own.
provider "aws" {
  alias  = "spaces"
  region = "nyc3"

  skip_region_validation = true
}
