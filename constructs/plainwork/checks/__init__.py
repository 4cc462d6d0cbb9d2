"""What Terraform would reject, found while the stack is still Python."""
