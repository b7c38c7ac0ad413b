"""Parquet files that carry their own checksum: whether the bytes are those that were written, asked before they are read."""

import hashlib
import re
from typing import TYPE_CHECKING, Final

from alignment.core.skeleton import LANDMARKS
from alignment.errors import Phrase, phrase
from alignment.outputs.parquet import parquet_bytes

if TYPE_CHECKING:
    import pyarrow as pa

#: The name in a file's metadata, and what stands before the digits there. They are the SHA-256 of the whole file with zeros
#: in their place.
_KEY: Final = "sha256"
_MARK: Final = b"alignment-sha256:"
_DIGITS: Final = re.compile(re.escape(_MARK) + rb"([0-9a-f]{64})")
_NONE: Final = b"0" * 64

#: What Python says where something is of another kind than was written, or nested without end: nothing for a person.
SHAPELESS: Final = (AttributeError, IndexError, OverflowError, RecursionError)

#: A day at 30 pictures a second is less.
_MOST_ROWS: Final = 3_000_000
#: What a picture may leave: its landmarks' places in pixels and metres, more than once, faces and the like.
_MOST_NUMBERS_A_ROW: Final = len(LANDMARKS) * 20 + 200


class DamagedError(Exception):
    """A file that is not as it was written, or that unpacks to what no film gives."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.phrase: Phrase = phrase(code)


def intact_parquet(table: "pa.Table") -> bytes:
    """A table as a Parquet file's content, with its checksum among the metadata."""
    about = {**(table.schema.metadata or {}), _KEY: (_MARK + _NONE).decode()}
    content = parquet_bytes(table.replace_schema_metadata(about))
    at = content.rindex(_MARK + _NONE) + len(_MARK)
    return content[:at] + hashlib.sha256(content).hexdigest().encode() + content[at + len(_NONE) :]


def read_intact(content: bytes) -> "pa.Table":
    """The table of a Parquet file. DamagedError where its checksum is another one, or where it unpacks to too much.

    A file of earlier versions carries none. Whatever pyarrow raises passes through.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    checked = _is_checked(content)
    about = pq.read_metadata(pa.BufferReader(content))
    groups = [about.row_group(at) for at in range(about.num_row_groups)]
    numbers = sum(group.column(at).num_values for group in groups for at in range(about.num_columns))
    if about.num_rows > _MOST_ROWS or numbers > max(1, about.num_rows) * _MOST_NUMBERS_A_ROW:
        raise DamagedError("fault_unpacks_large")
    table = pq.read_table(pa.BufferReader(content))
    # The schema's own copy of the metadata still says that there was one, where the digits' place was hit.
    if not checked and _KEY.encode() in {*(table.schema.metadata or {}), *(about.metadata or {})}:
        raise DamagedError("fault_checksum")
    return table


def _is_checked(content: bytes) -> bool:
    """Whether a checksum is there and right; DamagedError where it is there and wrong."""
    found = list(_DIGITS.finditer(content))
    if not found:
        return False
    at = found[-1].start(1)
    digest = hashlib.sha256(content[:at] + _NONE + content[at + len(_NONE) :]).hexdigest().encode()
    if digest != found[-1].group(1):
        raise DamagedError("fault_checksum")
    return True
