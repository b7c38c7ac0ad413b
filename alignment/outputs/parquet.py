"""A table as the content of a Parquet file."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa


def parquet_bytes(table: "pa.Table", *, use_dictionary: bool = False) -> bytes:
    """The file's content, made in memory so that a full disk is met by one plain write.

    `use_dictionary` suits columns in which the same few words stand again and again.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd", use_dictionary=use_dictionary)
    return bytes(sink.getvalue())
