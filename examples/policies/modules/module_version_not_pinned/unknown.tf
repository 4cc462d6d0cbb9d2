provider "aws" {
  region = "eu-central-1"
}

# An archive has no version.
module "network" {
  source = "https://example.com/network.zip"
}
