"""How the tables came to be, one step a file in `versions`, and running those steps by Alembic."""

import threading
from typing import Final

from sqlalchemy import Connection

#: Alembic's context is one for the whole process.
_ONE_AT_A_TIME: Final = threading.Lock()


def migrate(connection: Connection, revision: str) -> None:
    """Bring a connection's tables to a revision, inside its transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "alignment.records:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    with _ONE_AT_A_TIME:
        command.upgrade(config, revision)
