provider "aws" {
  region = "eu-central-1"

  default_tags {
    tags = {
      Environment = "prod"
    }
  }
}

# The default tags do not name an owner, and neither does the bucket.
resource "aws_s3_bucket" "logs" {
  bucket = "acme-logs"

  tags = {
    Name = "logs"
  }
}

# Each provider configuration has default tags of its own, and this one has none.
provider "aws" {
  alias  = "virginia"
  region = "us-east-1"
}

resource "aws_sns_topic" "alarms" {
  provider = aws.virginia
  name     = "alarms"

  tags = {
    Owner = "platform"
  }
}
