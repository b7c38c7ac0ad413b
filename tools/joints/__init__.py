"""Makes the joints head: pictures, the network's maps of them, training, figures."""
