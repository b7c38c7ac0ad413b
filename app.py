"""The app's entry: Streamlit runs this file; which pages there are, and in which order, is told by `alignment.pages`."""

from alignment import pages

pages.run()
