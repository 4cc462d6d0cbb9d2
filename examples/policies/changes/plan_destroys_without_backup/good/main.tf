# AWS makes a final snapshot of the cluster, and rejects the deletion of a bucket with objects.
provider "aws" {
  region = "eu-central-1"
}
