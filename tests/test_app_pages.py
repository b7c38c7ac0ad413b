"""The app's frame in a real browser: it opens, names its pages, says that nothing leaves, and asks nobody outside."""

from alignment.texts import say
from tests.browser import settled


def test_the_app_opens_and_says_that_nothing_is_sent(page):
    settled(page)
    page.get_by_role("heading", level=1).wait_for()
    page.get_by_text(say("app_private").message).wait_for()
    assert page.title() == say("app_title").message
