"""How long what is taken of an animal keeps, and how long after its death it can be taken."""

FRESH_DAYS = 7
"""How long after its collection semen is used that was never frozen."""

RECOVERY_DAYS = 2
"""How long after a death sperm of the epididymis, oocytes and tissue are still taken."""
