"""What an analysis leaves: one file for each kind of output, the sinks they go to, and how they are read back."""

from alignment.files import replace_bytes, replace_text
from alignment.outputs import c3d, mot, netcdf, trc, xlsx
from alignment.outputs.cycles import cycles_csv
from alignment.outputs.exchange import is_left, left_in, mend
from alignment.outputs.exported import analysis_of_folder, export, export_result
from alignment.outputs.folder import (
    CYCLES,
    FRAMES,
    ORIGIN,
    OVERLAY,
    REPORT,
    REPORT_PLAIN,
    RESULT,
    TRACK,
    building,
    check_writable,
    own_place,
    places,
)
from alignment.outputs.frames import frames_parquet
from alignment.outputs.output import (
    FORMATS_OPTION,
    OUTPUTS,
    Analysis,
    ContentOutput,
    Output,
    Sink,
    by_filename,
    format_names,
    own_files,
    register,
    wanted_outputs,
)
from alignment.outputs.overlay import OverlayOutput
from alignment.outputs.report import report_output
from alignment.outputs.result import read_folder, read_result
from alignment.outputs.saved import Saved, check_names, read_saved, saved_of
from alignment.outputs.sinks import FolderSink, MemorySink, ZipSink, zip_files
from alignment.outputs.track import read_track, save_track, track_of_parquet, track_parquet

__all__ = [
    "CYCLES",
    "FRAMES",
    "ORIGIN",
    "OUTPUTS",
    "OVERLAY",
    "REPORT",
    "REPORT_PLAIN",
    "RESULT",
    "TRACK",
    "Analysis",
    "ContentOutput",
    "FolderSink",
    "MemorySink",
    "Output",
    "Saved",
    "Sink",
    "ZipSink",
    "analysis_of_folder",
    "building",
    "by_filename",
    "check_names",
    "check_writable",
    "cycles_csv",
    "export",
    "export_result",
    "format_names",
    "frames_parquet",
    "is_left",
    "left_in",
    "mend",
    "own_files",
    "own_place",
    "places",
    "read_folder",
    "read_result",
    "read_saved",
    "read_track",
    "register",
    "replace_bytes",
    "replace_text",
    "save_track",
    "saved_of",
    "track_of_parquet",
    "track_parquet",
    "wanted_outputs",
    "zip_files",
]

_PARQUET = "application/vnd.apache.parquet"
for _output in (
    ContentOutput("result", RESULT, "application/json", lambda made: f"{made.result.to_json()}\n".encode()),
    ContentOutput("cycles", CYCLES, "text/csv", lambda made: cycles_csv(made.result).encode()),
    ContentOutput("track", TRACK, _PARQUET, lambda made: track_parquet(made.track)),
    ContentOutput(
        "frames",
        FRAMES,
        _PARQUET,
        lambda made: frames_parquet(made.result.curves, made.result.source.name),
        needs=lambda made: made.result.curves is not None,
    ),
    OverlayOutput(),
    report_output("report", REPORT, "full"),
    report_output("report_plain", REPORT_PLAIN, "plain"),
):
    register(_output)

for _name, _module, _mime, _content in (
    ("trc", trc, "text/plain", trc.trc),
    ("mot", mot, "text/plain", mot.mot),
    ("c3d", c3d, "application/octet-stream", c3d.c3d),
    ("netcdf", netcdf, "application/x-netcdf", netcdf.netcdf),
    ("xlsx", xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx.xlsx),
):
    register(ContentOutput(_name, _module.NAME, _mime, _content, option=FORMATS_OPTION, essential=False))
