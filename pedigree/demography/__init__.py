"""How a population lives, dies and breeds: sets through time, life tables, survival, breeding, growth."""
