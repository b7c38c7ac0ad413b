"""Leg alignment from ordinary video: landmarks in, degrees with their errors out."""
