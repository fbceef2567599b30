"""Population genetics of studbooks: pure functions on pedigrees, without a database or the web."""
