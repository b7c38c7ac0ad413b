"""Words of the app: what all its pages share, and its command."""

from alignment.texts.text import Text

TEXTS = {
    "app_title": "Alignment",
    "app_private": Text(
        "Everything stays on this machine: no film, picture or number is sent anywhere.",
        "It observes and describes movement; it is no medical device and replaces no doctor or physiotherapist.",
    ),
    "app_private_server": Text(
        "Films stay on this machine. Only what you put into the records of the Clinic page is sent to the server that"
        " ALIGNMENT_DATABASE_URL names, and nowhere else.",
        "It observes and describes movement; it is no medical device and replaces no doctor or physiotherapist.",
    ),
    "app_failed": "That did not work",
    "app_unforeseen": Text(
        "Something unforeseen happened ({kind}: {fault}).",
        "Try again; if it stays, report it with what you did. The film stays on this machine.",
    ),
    # Ways out as the app offers them, where the catalogue's is a command's option
    "app_remedy_roll_unknown": "Level the phone next time; for this film, give the tilt under Change settings.",
    "app_remedy_several_people": "Choose another person under Change settings, or film one person alone.",
    "app_remedy_no_person_number": "Leave the person's number empty, or choose a smaller one.",
    "app_remedy_rate_assumed": "Film with the phone's own camera app, which writes the rate into the film.",
    "app_remedy_bad_range": "Choose a longer part.",
    "app_remedy_model_full_unavailable": "Choose another model, or connect to the internet once.",
    "app_remedy_model_missing": "Connect to the internet once; the model is kept afterwards. The film is not sent.",
    "app_remedy_single_image": "Give a video of the whole movement.",
    "app_remedy_disk_full": "Free some space for temporary files; nothing was left half.",
    "app_remedy_archive_code_taken": "Nothing was taken from it. Change the code of the subject that is here (under Data), and open the archive again.",
    # The command
    "help_app": "Open the app in the browser. It is served on this machine alone; Ctrl-C stops it.",
    "help_port": "Port to serve it on; the next free one where it is taken.",
    "help_no_browser": "Only serve it, and say where.",
    "app_starting": "Starting the app …",
    "app_open": Text("The app is open at {url} (only on this machine).", "Ctrl-C stops it."),
    "app_not_yours": Text(
        "This app belongs to the person who started it.",
        "Open the whole address that the terminal shows, with all behind the ?.",
    ),
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
