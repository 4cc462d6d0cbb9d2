terraform {
  encryption {
    key_provider "aws_kms" "states" {
      kms_key_id = "alias/terraform-states"
      key_spec   = "AES_256"
      region     = "eu-central-1"
    }

    method "aes_gcm" "states" {
      keys = key_provider.aws_kms.states
    }

    method "unencrypted" "migration" {}

    state {
      method = method.aes_gcm.states

      fallback {
        method = method.unencrypted.migration
      }
    }
  }
}
