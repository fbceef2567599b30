"""The tools behind the Makefile: setting up, serving, checking, testing."""
