"""Refuse a publish, or grant it: who may publish, restore and mark versions. Reading is another matter."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Actor:
    """Who asks for something to be done."""

    account: str | None = None
    """The e-mail address of the signed-in account; None for who is not signed in."""
    groups: frozenset[str] = frozenset()
    """The groups that the identity provider says the account belongs to."""
    via: Literal["oidc", "local", "command", "page"] = "page"
    """`oidc`: from a page, signed in. `local`: from a page, by the link that the server printed at its start.
    `command`: the command line. `page`: from a page, and no more is known."""
    role: str = ""
    """The function that the account acts in, in words: "Folkhälsostrateg, Region Örebro län"."""
    is_verified: bool | None = None
    """Whether the identity provider vouches for the e-mail address; None if it does not say."""

    @classmethod
    def command(cls, role: str = "") -> "Actor":
        """Give whoever runs a command on the server."""
        return cls(via="command", role=role)


@dataclass(frozen=True)
class Policy:
    """What the operator decided about who may change what is published."""

    editors: frozenset[str] = frozenset()
    """E-mail addresses and names of groups, in any case."""
    has_sign_in: bool = False
    """Whether visitors can sign in (`[auth]` in Streamlit's secrets)."""
    has_link: bool = False
    """Whether the server printed a link to publish with when it started."""


@dataclass(frozen=True)
class Decision:
    """Whether somebody may, and a Swedish sentence that says why."""

    granted: bool
    reason: str


def decide(actor: Actor, policy: Policy) -> Decision:
    """Decide whether somebody may publish, restore and mark.

    Examples
    --------
    >>> anna = Actor("redaktor@exempel.se", via="oidc")
    >>> decide(anna, Policy(frozenset({"Redaktor@exempel.se"}), has_sign_in=True)).granted
    True
    >>> decide(Actor(), Policy(has_sign_in=True)).reason
    'Logga in för att publicera, återställa och märka versioner.'
    """
    if actor.via == "command":
        return Decision(granted=True, reason="Kommandot körs på servern.")
    if not policy.has_sign_in:
        return _without_sign_in(actor, policy)
    if actor.via != "oidc" or not actor.account:
        return Decision(granted=False, reason="Logga in för att publicera, återställa och märka versioner.")
    if not policy.editors:
        reason = (
            "Ingen är utsedd till redaktör. Den som driver servern utser redaktörer i STODKARTAN_EDITORS."
        )
        return Decision(granted=False, reason=reason)
    return _listed(actor, policy.editors)


def _without_sign_in(actor: Actor, policy: Policy) -> Decision:
    if actor.via == "local":
        reason = "Länken som skrevs ut när programmet startades är öppnad i den här webbläsaren."
        return Decision(granted=True, reason=reason)
    if policy.has_link:
        reason = (
            "Öppna länken som skrevs ut när programmet startades om du ska publicera, återställa eller märka "
            "versioner. Länken fungerar en gång. Starta om programmet för att få en ny."
        )
        return Decision(granted=False, reason=reason)
    reason = (
        "Publicering är avstängd: ingen inloggning är inställd. "
        "Den som driver servern ställer in inloggning under [auth] i .streamlit/secrets.toml."
    )
    return Decision(granted=False, reason=reason)


def _listed(actor: Actor, editors: Iterable[str]) -> Decision:
    listed = {editor.casefold() for editor in editors}
    addresses = {editor for editor in listed if "@" in editor}
    if {group.casefold() for group in actor.groups} & (listed - addresses):
        return Decision(granted=True, reason="Kontot hör till en grupp som är redaktör.")
    if (actor.account or "").casefold() not in addresses:
        reason = "Kontot är inte redaktör. Be den som driver servern om det behövs."
        return Decision(granted=False, reason=reason)
    if actor.is_verified is False:
        reason = "Kontots e-postadress är inte bekräftad. Bekräfta den där du loggar in och försök igen."
        return Decision(granted=False, reason=reason)
    return Decision(granted=True, reason="Kontot är redaktör.")
