"""Sessions over time in a database: subjects, sessions and analyses in; the same, their history and an archive out."""
