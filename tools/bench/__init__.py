"""`make bench`: what plainwork costs, as ratios in one run against what users would otherwise take."""
