"""Words of further formats that results are written in, and of landmarks that come from elsewhere."""

from alignment.texts.text import Text

TEXTS = {
    "export_in": "{path}",
    "export_nothing": Text("There is no result in {path}.", "Name a folder that `alignment analyze` or `batch` left."),
    "format_needs_package": Text(
        "To write {name}, the package {package} has to be installed.", "Run: pip install 'alignment[{extra}]'"
    ),
    "help_export": (
        "Write results in the formats of other programs, beside the files that are there; nothing is measured anew.\n\n"
        "trc: landmarks for OpenSim, Pose2Sim and Sports2D. mot: the measures over time for OpenSim. c3d: landmarks for motion"
        " capture. netcdf: landmarks and measures in the layout of the Python package movement. xlsx: a workbook. Landmarks are in"
        " the plane of the picture, in pixels, or in metres where the person's height or a printed strip of tags tells the scale.\n\n"
        "Exit code as of `alignment analyze`."
    ),
    "help_export_folder": "Folder of a result, or of a study with results below it.",
    "help_export_to": "Formats, separated by commas: {known}.",
    "no_motion": Text(
        "{name} has no picture in which anything was looked for.", "Film it again (docs/command-line.md)."
    ),
    "option_to": "Also write each result in these formats, separated by commas: {known} (docs/formats.md).",
    "output_c3d": "The landmarks for motion capture",
    "output_mot": "The measures over time for OpenSim",
    "output_netcdf": "Landmarks and measures for the Python package movement",
    "output_trc": "The landmarks for OpenSim",
    "output_xlsx": "All tables as one workbook",
    "unknown_format": Text("There is no format {name}.", "Name some of: {known}."),
}
