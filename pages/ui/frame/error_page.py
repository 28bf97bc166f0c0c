"""Tell a visitor that something went wrong, with a number that is found again in the log."""

import logging
import secrets
from typing import Final

import streamlit as st
from starlette.requests import Request
from starlette.responses import JSONResponse

from mapping.errors import DamagedVersionError, StoreUnavailableError

_log = logging.getLogger("stodkartan")
_TOLD: Final = (DamagedVersionError, StoreUnavailableError)
"""What says by itself, to anyone, what is wrong and what to do."""


def _logged(error: Exception) -> str:
    """Log an unexpected error under a new number."""
    number = secrets.token_hex(4).upper()
    _log.error("Fel %s: %s", number, type(error).__name__, exc_info=error)
    return number


def _sentence(number: str) -> str:
    return (
        f"Något gick fel hos oss, och sidan kunde inte visas. Ladda om sidan. Händer det igen: "
        f"anmäl felet och ange felnummer {number}."
    )


def show_mishap(error: Exception) -> bool:
    """Show the sentence in place of Streamlit's traceback; called for any uncaught error of a page."""
    number = _logged(error)
    st.error(str(error) if isinstance(error, _TOLD) else _sentence(number), icon=":material/error:")
    return True


async def api_mishap(_: Request, error: Exception) -> JSONResponse:
    """Answer a program with the sentence, for any uncaught error of a route."""
    number = _logged(error)
    if isinstance(error, _TOLD):
        return JSONResponse(
            {"error": error.code, "number": number, "message": str(error)},
            status_code=503,
            headers={"Cache-Control": "no-store"},
        )
    return JSONResponse(
        {"error": "internt_fel", "number": number, "message": _sentence(number)}, status_code=500
    )
