"""Words of further formats that results are written in, and of landmarks that come from elsewhere."""

from alignment.texts.text import Text

TEXTS = {
    "bad_landmarks": Text(
        "The landmarks in {path} cannot be read: {fault}.",
        "Give a .trc as Sports2D writes it, or a netCDF file as movement saves it.",
    ),
    "export_in": "{path}",
    "export_nothing": Text("There is no result in {path}.", "Name a folder that `alignment analyze` or `batch` left."),
    "fault_no_poses": "there are no positions by time, space, keypoint and individual in it",
    "fault_no_trc": "it has no head with markers' names and no rows of rising times below",
    "format_needs_package": Text(
        "For {name} the package {package} has to be installed.", "Run: pip install 'alignment[{extra}]'"
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
    "landmarks_in_space": Text(
        "The points in {path} lie in space, and this program measures what one camera sees.",
        "Give the landmarks in the picture, as Sports2D's file with _px_ in its name has them.",
    ),
    "landmarks_missing": Text(
        "{path} lacks landmarks that the legs cannot be told without: {missing}.",
        "Have them found, too: hips, knees, ankles and shoulders of both sides are needed.",
    ),
    "landmarks_no_person": Text("There is no person {person} in {path}, but {count}.", "Name one from 1 to {count}."),
    "no_motion": Text(
        "{name} has no picture in which anything was looked for.", "Film it again (docs/command-line.md)."
    ),
    "option_to": "Also write each result in these formats, separated by commas: {known} (docs/formats.md).",
    "output_c3d": "The landmarks for motion capture",
    "output_mot": "The measures over time for OpenSim",
    "output_netcdf": "Landmarks and measures for the Python package movement",
    "output_trc": "The landmarks for OpenSim",
    "output_xlsx": "All tables as one workbook",
    "sheet_too_long": "{rows} rows are too many for a spreadsheet; they stand in {table}.csv, and of cycles in cycles.parquet",
    "unknown_format": Text("There is no format {name}.", "Name some of: {known}."),
}
