"""Offer a file, made when somebody asks for it."""

from collections.abc import Callable
from pathlib import PurePath
from typing import Final

import streamlit as st

from mapping.reports.formats import MEDIA_TYPE

_MEDIA_TYPE: Final = {**MEDIA_TYPE, "csv": "text/csv"}


def download_button(  # noqa: PLR0913 - one keyword a thing that differs
    label: str,
    data: bytes | Callable[[], bytes],
    file_name: str,
    *,
    key: str | None = None,
    icon: str = ":material/download:",
    is_primary: bool = False,
) -> None:
    """Draw a button that downloads a file; the page is not run for it."""
    st.download_button(
        label,
        data=data,
        file_name=file_name,
        mime=_MEDIA_TYPE.get(PurePath(file_name).suffix[1:].casefold()),
        icon=icon,
        on_click="ignore",
        key=key,
        type="primary" if is_primary else "secondary",
    )
