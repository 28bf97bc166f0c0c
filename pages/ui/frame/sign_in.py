"""Tell what the operator's secrets say about signing in, and let visitors in and out.

Nothing here imports pandas: whether somebody may read is asked before the data is there.
"""

import time
from collections.abc import Mapping
from contextlib import suppress
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
_LONGEST_S: Final = 8 * 3600
"""So long a sign-in holds, a working day: groups are as the provider told them then."""
_ended: Final[dict[tuple[str, ...], float]] = {}
"""Which sign-ins were ended by signing out, and when."""


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
    """Tell whether this visitor has signed in, and not too long ago."""
    return is_offered() and _holds(st.user.to_dict())


def is_account(cookies: Mapping[str, str]) -> bool:
    """Tell whether a request's cookies are of somebody who has signed in; Streamlit signs and reads them."""
    return _holds(_claims(cookies))


def sign_out(cookies: Mapping[str, str]) -> None:
    """Let a request's cookies be of no use any more, also where they have been copied."""
    claims, now = _claims(cookies), time.time()
    if _holds(claims):  # or anybody could fill the memory
        for old in [one for one, ended in _ended.items() if now - ended > _LONGEST_S]:
            _ended.pop(old, None)
        _ended[_key(claims)] = now


def is_behind_tls() -> bool:
    """Tell whether the operator said that browsers come over https: that is where they sign in."""
    return (origin() or "").startswith("https:")


def origin() -> str | None:
    """Give scheme and host of our own pages; None without sign-in."""
    with suppress(StreamlitSecretNotFoundError):
        return get_origin_from_redirect_uri() if is_offered() else None
    return None


def _claims(cookies: Mapping[str, str]) -> dict[str, Any]:
    """Read what the provider said of who signed in; nothing if these are no cookies of ours."""
    ours = origin()
    signed = _get_signed_cookie_with_chunks(dict(cookies), USER_COOKIE_NAME) if ours else None
    return _parse_decoded_user_cookie(signed, ours) if ours and signed else {}


def _holds(claims: Mapping[str, Any]) -> bool:
    since = claims.get("iat")
    is_recent = isinstance(since, int | float) and time.time() - since < _LONGEST_S
    return bool(claims.get("is_logged_in")) and is_recent and _key(claims) not in _ended


def _key(claims: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(claims.get(name)) for name in ("iss", "sub", "iat", "nonce"))


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
