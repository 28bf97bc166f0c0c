"""Tell who a visitor is and what the operator lets them do; the core decides, see `mapping.permission`."""

from typing import Any

import streamlit as st
from streamlit import config

from mapping.permission import Actor, Decision, Policy, decide, is_own_computer
from mapping.store import Store
from pages.ui import data, markup

_GROUP_CLAIMS = ("groups", "roles")


def has_sign_in() -> bool:
    """Tell whether visitors can sign in: `[auth]` in Streamlit's secrets."""
    return bool(_secrets("auth"))


def must_sign_in() -> bool:
    """Tell whether somebody must sign in even to read: `reading = "signed_in"` under `[stodkartan]`."""
    return has_sign_in() and _secrets("stodkartan").get("reading") == "signed_in"


def is_signed_in() -> bool:
    """Tell whether this visitor has signed in."""
    return has_sign_in() and bool(st.user.is_logged_in)


def actor(role: str = "") -> Actor:
    """Give who asks, as the identity provider says it, in the function that they say they have."""
    if not is_signed_in():
        return Actor(role=role)
    claims = st.user.to_dict()
    verified = claims.get("email_verified")
    return Actor(
        account=str(claims.get("email") or "") or None,
        groups=frozenset(str(group) for name in _GROUP_CLAIMS for group in _several(claims.get(name))),
        via="oidc",
        role=role,
        is_verified=None if verified is None else str(verified).casefold() == "true",
    )


def policy() -> Policy:
    """Give what the operator decided about who may publish."""
    listed = _several(_secrets("stodkartan").get("editors"))
    listens_on = config.get_option("server.address")
    asked_for = st.context.headers.get("Host")
    return Policy(
        editors=data.server_settings().editors | {str(editor) for editor in listed},
        has_sign_in=has_sign_in(),
        is_local_only=is_own_computer(listens_on) and is_own_computer(asked_for),
    )


def decision() -> Decision:
    """Tell whether this visitor may publish, and why."""
    return decide(actor(), policy())


def store() -> Store | None:
    """Give the store under this visitor's policy; None if the server shows a directory, or made-up data."""
    opened = data.store()
    return opened.with_policy(policy()) if opened else None


def sign_in_buttons() -> None:
    """Draw the way in or out, where there is one."""
    if not has_sign_in():
        return
    if is_signed_in():
        markup.paragraph(f"Inloggad som {actor().account or 'okänt konto'}.", kind="caption")
        st.button("Logga ut", icon=":material/logout:", on_click=st.logout, key="sign_out")
    else:
        st.button("Logga in", icon=":material/login:", on_click=st.login, key="sign_in")


def _secrets(section: str) -> dict[str, Any]:
    try:
        return dict(st.secrets.get(section, {}))
    except FileNotFoundError:  # there is no file of secrets
        return {}


def _several(value: object) -> list[object]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple | set) else [value]
