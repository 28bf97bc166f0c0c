"""Write a table as a stored version has it: in one canonical form, so that equal tables are equal bytes."""

import csv
import io

from mapping.tables.raw_table import RawTable


def written(raw: RawTable) -> bytes:
    r"""Write a table in UTF-8 without BOM, with comma, LF, and quotes only where they are needed.

    The contract's columns come first, in its order, then unknown columns as they came. Cells are clean text.
    Rows without any text are left out, since nothing can be told from them.

    Examples
    --------
    >>> from mapping.contract import schema
    >>> from mapping.tables.raw_table import raw_table
    >>> written(raw_table("lon;ort;lat\r\n15,0; Nora ;59,5\r\n".encode(), schema.ORTER)).decode()
    'ort,lat,lon\nNora,"59,5","15,0"\n'
    """
    own = [column.name for column in raw.table.columns if column.name in raw.texts]
    names = [*own, *(name for name in raw.texts if name not in raw.table)]
    rows = zip(*(raw.texts[name] for name in names), strict=True)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(row for row in rows if any(row))
    return text.getvalue().encode("utf-8")
