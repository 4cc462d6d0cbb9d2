provider "aws" {
  region = "eu-central-1"

  default_tags {
    tags = {
      Environment = "prod"
    }
  }
}

# Neither the default tags nor the bucket set `Owner`.
resource "aws_s3_bucket" "logs" {
  bucket = "acme-logs"

  tags = {
    Name = "logs"
  }
}

# Each provider configuration has its own default tags; this one has none.
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
