"""Pictures in, the landmarks of the person in them out: the model, its files, and who is who."""
