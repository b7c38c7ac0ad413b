"""The app's entry: Streamlit serves `app`, and runs this file for each view. `alignment.pages` has the pages."""

if __name__ == "__main__":
    from alignment import pages

    pages.run()
else:
    from starlette.middleware import Middleware
    from streamlit.starlette import App

    from alignment.pages import parent
    from alignment.pages.guard import Guard

    parent.end_with_it()
    app = App(__file__, middleware=[Middleware(Guard)])
