"""What people look at: a result in, pictures out."""
