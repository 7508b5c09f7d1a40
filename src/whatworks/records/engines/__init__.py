"""Databases beside DuckDB that answer what rooms ask: each is a `records.engine.Engine`, none is loaded unasked."""
