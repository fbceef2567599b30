"""A sound value for every name in an address, for tests that make up all but one of them."""

NAMES = {"code": "leopards", "sire_number": "1", "dam_number": "2", "pk": "1"}
NAMES |= {"assumption_pk": "1", "step_pk": "1", "kind": "parent", "role": "self", "slug": "gd"}
NAMES |= {"person": "1", "token": "none", "number": "1", "other": "2"}
NAMES |= {"event": "1", "observation": "1", "entry": "1"}
NAMES |= {"permit": "1", "document": "1", "job": "1", "step": "agree"}
NAMES |= {"row_pk": "1", "pair_pk": "1", "version": "1", "institution": "1", "phase": "publish"}
NAMES |= {"zoo": "1", "key": "pair-1", "secret": "none"}
NAMES |= {"file": "1"}
