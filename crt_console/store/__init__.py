"""The only SQL: tables, the database, the transaction, the journal and what is read from them."""
