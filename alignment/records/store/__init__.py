"""The records themselves: subjects, their sessions and analyses, and every change to them."""
