"""Words of the app's Learn page, and of the notice at the first start."""

from typing import Final

from alignment.texts.text import Text

LEARN: Final = {"learn": Text("Learn")}
