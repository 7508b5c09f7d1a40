"""Where to put services: how near supply is, the median sites, and which sites cover most need."""
