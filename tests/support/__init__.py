"""Real surroundings for the tests: a PostgreSQL server, a virtual screen."""
