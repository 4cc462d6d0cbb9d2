provider "aws" {
  region = "eu-central-1"
}

# An archive without a checksum has no version.
module "network" {
  source = "https://example.com/network.zip"
}
