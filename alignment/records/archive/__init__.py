"""Archives of records: one .zip that carries subjects with all that belongs to them to another place, and back."""
