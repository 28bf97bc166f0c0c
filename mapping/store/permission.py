"""Refuse a publish, or grant it: who may publish, restore and mark versions. Reading is another matter."""

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

LONGEST_SIGN_IN_S: Final = 8 * 60 * 60
"""How long what the identity provider said is believed: a working day, then it is asked anew."""


@dataclass(frozen=True)
class Actor:
    """Who asks for something to be done."""

    account: str | None = None
    """The e-mail address of the signed-in account; None for who is not signed in."""
    groups: frozenset[str] = frozenset()
    """The groups that the identity provider says the account belongs to."""
    via: Literal["oidc", "local", "command"] = "local"
    """`oidc`: from a page, signed in. `local`: a page, not signed in. `command`: the command line."""
    role: str = ""
    """The function that the account acts in, in words: "Folkhälsostrateg, Region Örebro län"."""
    is_verified: bool | None = None
    """Whether the identity provider vouches for the e-mail address; None if it does not say."""
    signed_in_s: float = 0.0
    """How many seconds ago the provider said all this: since then the account may have lost a group."""

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
    is_local_only: bool = False
    """Whether nobody but this computer can reach the server, see `is_own_computer`."""


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
        return _without_sign_in(policy)
    if actor.via != "oidc" or not actor.account:
        return Decision(granted=False, reason="Logga in för att publicera, återställa och märka versioner.")
    if not policy.editors:
        reason = (
            "Ingen är utsedd till redaktör. Den som driver servern utser redaktörer i STODKARTAN_EDITORS."
        )
        return Decision(granted=False, reason=reason)
    if actor.signed_in_s > LONGEST_SIGN_IN_S:
        reason = "Du loggade in för mer än åtta timmar sedan. Logga ut och logga in igen för att publicera."
        return Decision(granted=False, reason=reason)
    return _listed(actor, policy.editors)


def _without_sign_in(policy: Policy) -> Decision:
    if policy.is_local_only:
        reason = "Servern svarar bara på den egna datorn, så ingen inloggning behövs."
        return Decision(granted=True, reason=reason)
    reason = (
        "Publicering är avstängd: servern kan nås från andra datorer, och ingen inloggning är inställd. "
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


def is_own_computer(host: str | None) -> bool:
    """Tell whether a host's name or address means this computer and no other.

    Both what a server listens on and what a request asked for should: behind a proxy a server may listen on
    this computer only, and yet answer the world. None or nothing stands for every address there is; a port
    may follow.

    Examples
    --------
    >>> [is_own_computer(host) for host in ("localhost:8501", "127.0.0.1", "[::1]:8501", "0.0.0.0", None)]
    [True, True, True, False, False]
    """
    name = (host or "").strip().casefold()
    if name.startswith("["):
        name = name[1:].partition("]")[0]
    elif name.count(":") == 1:
        name = name.partition(":")[0]
    if name.rstrip(".") == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
