"""What `whatworks.toml` says of the partnership itself, as rows of the store: agencies, schemes and their areas."""
