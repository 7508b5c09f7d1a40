"""The settings of linkage, as `[linkage]` of `whatworks.toml` says them."""

from whatworks.records.declaring.linkage_block import LinkageSettings

__all__ = ["LinkageSettings"]
