"""Tell what the operator's secrets say about signing in, and let visitors in and out.

Nothing here imports pandas: whether somebody may read is asked before the data is there.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

import streamlit as st
from streamlit.auth_util import get_origin_from_redirect_uri
from streamlit.errors import StreamlitSecretNotFoundError
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
from streamlit.web.server.starlette.starlette_websocket import (
    _get_signed_cookie_with_chunks,
    _parse_decoded_user_cookie,
)

from mapping.server.sign_in_gate import REFUSAL

_OPEN: Final = "open"
_NO_FILE: Final = "no-secrets-found"


def section(name: str) -> dict[str, Any]:
    """Give a section of Streamlit's secrets; empty if there is none, or no secrets at all.

    Raises
    ------
    StreamlitSecretNotFoundError
        If there is a file of secrets that cannot be read: nothing must be let open because of that.
    """
    try:
        return dict(st.secrets.get(name, {}))
    except StreamlitSecretNotFoundError as error:
        if error.error_id != _NO_FILE:
            raise
        return {}


def is_offered() -> bool:
    """Tell whether visitors can sign in: `[auth]`."""
    return bool(section("auth"))


def is_required() -> bool:
    """Tell whether somebody must sign in even to read: `reading = "signed_in"` under `[stodkartan]`.

    Any other word than `open` closes too: a misspelt word must not open what was meant to be closed.
    """
    return bool(section("stodkartan").get("reading", _OPEN) != _OPEN)


def is_signed_in() -> bool:
    """Tell whether this visitor has signed in."""
    return is_offered() and bool(st.user.is_logged_in)


def is_account(cookies: Mapping[str, str]) -> bool:
    """Tell whether a request's cookies are of somebody who has signed in; Streamlit signs and reads them."""
    origin = get_origin_from_redirect_uri()
    signed = _get_signed_cookie_with_chunks(dict(cookies), USER_COOKIE_NAME)
    return bool(origin and signed and _parse_decoded_user_cookie(signed, origin).get("is_logged_in"))


def gate() -> None:
    """Draw all that somebody sees who must sign in first."""
    st.title("Stödkartan", anchor=False)
    if is_offered():
        st.text(REFUSAL)
        button()
    else:
        st.text(
            "Den här servern visar uppgifter bara för den som har loggat in, men ingen inloggning är "
            "inställd. Den som driver servern ställer in den under [auth] i .streamlit/secrets.toml."
        )


def button() -> None:
    """Draw a way in for each provider."""
    for name in _providers():
        st.button(
            f"Logga in med {name}" if name else "Logga in",
            icon=":material/login:",
            on_click=partial(st.login, name or None),
            key=f"sign_in_{name}",
        )


def _providers() -> list[str]:
    """List the providers with sections of their own; one without a name where there is only `[auth]`."""
    auth = section("auth")
    named = [name for name, value in auth.items() if isinstance(value, Mapping) and "client_id" in value]
    return [] if not auth else [""] if "client_id" in auth or not named else named
