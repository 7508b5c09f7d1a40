"""Keep trained models and scored pairs in the store, so that only what is new has to be scored."""
