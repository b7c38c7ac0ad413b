"""Which version of the program, and of what it is made of, is installed."""

from importlib import metadata


def version_of(package: str = "alignment") -> str:
    """The installed version of a package, of the program itself if none is named; "unknown" where none is."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "unknown"
