module "worker" {
  source = "../worker"
}
