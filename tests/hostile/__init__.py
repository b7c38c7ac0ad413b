"""A campaign of inputs that mean harm, or that harm has come to, over every surface of the command line."""
