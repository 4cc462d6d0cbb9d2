sticky = false
