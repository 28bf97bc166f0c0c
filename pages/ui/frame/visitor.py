"""Tell who a visitor is and what the operator lets them do; `mapping.store.permission` decides."""

import streamlit as st

from mapping.errors import TooManyAttemptsError
from mapping.server import rate_limit
from mapping.settings import settings
from mapping.store.permission import Actor, Decision, Policy, decide
from mapping.store.store import Store
from pages.ui import data, markup
from pages.ui.frame import sign_in, start_link

_ATTEMPTS = rate_limit.Rate(per_minute=60)
_GROUP_CLAIMS = ("groups", "roles")


def actor(role: str = "") -> Actor:
    """Give who asks, as the identity provider says it, in the function that they say they have."""
    if not sign_in.is_signed_in():
        return Actor(role=role, via="local" if start_link.is_opened() else "page")
    claims = st.user.to_dict()
    verified = claims.get("email_verified")
    return Actor(
        account=str(claims.get("email") or "") or None,
        groups=frozenset(str(group) for name in _GROUP_CLAIMS for group in _several(claims.get(name))),
        via="oidc",
        role=role,
        is_verified=None if verified is None else str(verified).casefold() == "true",
    )


def attempting(role: str = "") -> Actor:
    """Give who asks for a change, and count the attempt: each one is written to the log.

    Raises
    ------
    TooManyAttemptsError
        If there were too many from the same address.
    """
    if wait_s := _ATTEMPTS.wait_s(rate_limit.visitor_of(st.context.ip_address)):
        raise TooManyAttemptsError(wait_s=wait_s)
    return actor(role)


def policy() -> Policy:
    """Give what the operator decided about who may publish."""
    listed = _several(sign_in.section("stodkartan").get("editors"))
    return Policy(
        editors=settings().editors | {str(editor) for editor in listed},
        has_sign_in=sign_in.is_offered(),
        has_link=start_link.own_link.is_offered,
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
    if not sign_in.is_offered():
        return
    if sign_in.is_signed_in():
        markup.paragraph(f"Inloggad som {actor().account or 'okänt konto'}.", kind="caption")
        st.button("Logga ut", icon=":material/logout:", on_click=st.logout, key="sign_out")
    else:
        sign_in.button()


def _several(value: object) -> list[object]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple | set) else [value]
