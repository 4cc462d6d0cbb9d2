provider "aws" {
  region = "eu-central-1"
}

# Another service than AWS, which has other Regions.
provider "aws" {
  alias  = "spaces"
  region = "nyc3"

  skip_region_validation = true
}
