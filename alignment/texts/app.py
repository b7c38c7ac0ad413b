"""Words of the app: what all its pages share, and the Analyze page."""

from typing import Final

from alignment.texts.text import Text

APP: Final = {
    "app_title": Text("Alignment"),
    "app_private": Text(
        "Everything stays on this machine: no film, picture or number is sent anywhere.",
        "It observes and describes movement; it is no medical device and replaces no doctor or physiotherapist.",
    ),
    "app_failed": Text("That did not work"),
    "app_unforeseen": Text(
        "Something unforeseen happened ({kind}: {fault}).",
        "Try again; if it stays, report it with what you did. The film stays on this machine.",
    ),
    "app_analyze": Text("Analyze"),
    "app_analyze_title": Text("Analyze a film"),
    "app_empty": Text("No film yet"),
    "app_empty_more": Text("Drop a video, or pick a sample."),
    # The command
    "help_app": Text("Open the app in the browser. It is served on this machine alone; Ctrl-C stops it."),
    "help_port": Text("Port to serve it on; the next free one where it is taken."),
    "help_no_browser": Text("Only serve it, and say where."),
    "app_starting": Text("Starting the app …"),
    "app_open": Text("The app is open at {url} (only on this machine).", "Ctrl-C stops it."),
    "app_no_entry": Text(
        "The app's own file is missing from this installation.", "Install the program again: `pip install .`"
    ),
    "app_not_up": Text(
        "The app did not start within {seconds:.0f} seconds.", "Run it again; ALIGNMENT_DEBUG=1 shows what it says."
    ),
    "app_ended": Text(
        "The app ended by itself with code {code}.", "Run it again; ALIGNMENT_DEBUG=1 shows what it says."
    ),
    "app_port_taken": Text("No port from {port} on is free.", "Name another with --port."),
}
