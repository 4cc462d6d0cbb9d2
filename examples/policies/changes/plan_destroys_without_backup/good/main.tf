# The cluster leaves a snapshot behind, and a bucket that holds anything is not deleted.
provider "aws" {
  region = "eu-central-1"
}
