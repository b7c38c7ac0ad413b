"""The tables, and what the program reads from their rows."""
