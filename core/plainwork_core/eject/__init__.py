"""The way out of modules: the plain resources that a module makes, and the moves that take them over."""
