"""Benchmarks of the engine, printed as ratios of one run: `make bench`."""
