"""A real sign-in by OpenID Connect: who may publish, who may only read, who must sign in to read."""

import json
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
from oidc_provider_mock import User, run_server_in_thread
from playwright.sync_api import expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from mapping.store.permission import Actor
from mapping.store.store import Store
from tests import balancer
from tests.benchmarks.servers import free_port
from tests.browser.conftest import Visit, running
from tests.browser.handing_in import hand_in, publish
from tests.conftest import write_county

# the provider runs in this process, on an older interface of Authlib
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

COOKIE_SECRET = "ett hemligt ord för testerna"  # noqa: S105 - guards nothing
EDITOR, READER = "redaktor@exempel.se", "lasare@exempel.se"
PEOPLE = [
    User(sub=address, claims={"email": address, "email_verified": True, "name": "Ett Namn"})
    for address in (EDITOR, READER)
]
LISTEN = (
    "window.said = []; const send = WebSocket.prototype.send;"
    "WebSocket.prototype.send = function (data) {"
    " if (typeof data !== 'string') {"
    " window.said.push(Array.from(new Uint8Array(data))); window.line = this }"
    " return send.call(this, data) }"
)


@pytest.fixture(scope="module")
def provider():
    """Run an identity provider that knows an editor and a reader."""
    with run_server_in_thread(user_claims=PEOPLE) as server:
        yield f"http://localhost:{server.server_port}"


@contextmanager
def signing_in(place, provider, wish, address="http://localhost:{port}"):
    """Serve the small county with sign-in, `[stodkartan]` in the secrets as wished."""
    lines = [
        "[auth]", f'redirect_uri = "{address}/oauth2callback"',
        f'cookie_secret = "{COOKIE_SECRET}"', 'client_id = "stodkartan"',
        'client_secret = "hemligt"', f'server_metadata_url = "{provider}/.well-known/openid-configuration"',
        "[stodkartan]", wish,
    ]  # fmt: skip
    (place / "secrets.toml").write_text("\n".join(lines), encoding="utf-8")
    settings = {
        "STREAMLIT_SECRETS_FILES": str(place / "secrets.toml"),
        "STODKARTAN_DATA": str(write_county(place / "county")),
        "STODKARTAN_DATABASE_URL": f"sqlite:///{place / 'versions.sqlite'}",
    }
    with running(place / "log.txt", **settings) as server:
        yield server, settings["STODKARTAN_DATABASE_URL"]


@pytest.fixture(scope="module")
def publishing(tmp_path_factory, provider):
    """Let one account publish; give the server and its store's address."""
    with signing_in(tmp_path_factory.mktemp("open"), provider, f'editors = ["{EDITOR}"]') as served:
        yield served


@pytest.fixture(scope="module")
def closed(tmp_path_factory, provider):
    """Let nobody read who has not signed in."""
    with signing_in(tmp_path_factory.mktemp("closed"), provider, 'reading = "signed_in"') as served:
        yield served[0]


def sign_in(visitor, account):
    """Go to the provider and back, as one of the people that it knows."""
    page = visitor.page
    page.get_by_role("button", name="Logga in").click()
    page.get_by_role("button", name=account).click()
    expect(page.get_by_text(f"Inloggad som {account}.")).to_be_visible()
    visitor.settle()
    return page


def outside(visitor):
    """List what our own pages asked of other hosts; the provider's page asks for a style of its own."""
    return [address for address in visitor.outside if "picocss" not in address]


def go_and_hand_in(visitor):
    """Go to Uppdatera by its link, so that the visit stays, and drop the file there."""
    visitor.page.get_by_role("link", name="Uppdatera").click()
    expect(visitor.page.get_by_role("heading", name="Mallar")).to_be_visible()
    visitor.settle()
    hand_in(visitor)


def reruns(page):
    """Give what this browser has asked the server to run, in order."""
    messages = [BackMsg.FromString(bytes(data)) for data in page.evaluate("window.said")]
    return [message for message in messages if message.WhichOneof("type") == "rerun_script"]


def publish_and_listen(visitor):
    """Publish as the editor; give the states of the form's widgets as the browser sent them."""
    page = sign_in(visitor, EDITOR)
    go_and_hand_in(visitor)
    publish(visitor)
    return pressed(page, "publish")


def pressed(page, *names):
    """Give the states of the widgets so named, as the browser sent them when their button was pressed."""
    (states,) = (
        message.rerun_script.widget_states.widgets
        for message in reruns(page)
        if any(names[0] in one.id and one.trigger_value for one in message.rerun_script.widget_states.widgets)
    )
    return [one for one in states if any(name in one.id for name in names)]


def change_and_listen(visitor):
    """Restore, mark and confirm as the editor; give what the browser sent each time."""
    page = visitor.page
    page.emulate_media(reduced_motion="reduce")  # a list beside what still opens would be clicked past
    page.get_by_role("link", name="Versioner", exact=True).click()
    page.get_by_text("Återställ en tidigare version").click()
    page.get_by_label("Kommentar: varför?").fill("Tillbaka")
    page.get_by_label("Kommentar: varför?").press("Tab")
    visitor.settle()
    page.get_by_role("button", name="Återställ", exact=True).click()
    expect(page.get_by_text("Version 1 är återställd som version 3 och syns för alla.")).to_be_visible()
    visitor.settle()
    page.get_by_text("Märk en version som mätomgång").click()
    page.get_by_role("button", name="Märk", exact=True).click()
    expect(page.get_by_text("Version 2 är märkt som mätomgång 2024.")).to_be_visible()
    visitor.settle()
    page.get_by_text("Bekräfta rader som oförändrade").click()
    page.get_by_role("combobox", name="Arenor").press_sequentially("Ungdoms")
    page.get_by_role("option", name="Ungdomshuset").click()
    page.keyboard.press("Escape")
    visitor.settle()
    page.get_by_label("Kommentar: hur har uppgifterna kontrollerats?").fill("Ringde dem")
    page.get_by_label("Kommentar: hur har uppgifterna kontrollerats?").press("Tab")
    visitor.settle()
    page.get_by_role("button", name="Bekräfta", exact=True).click()
    expect(page.get_by_text("1 arena är bekräftad i version 4.")).to_be_visible()
    return [pressed(page, "restore"), pressed(page, "mark", "wave"), pressed(page, "confirm")]


def repeat(page, states):
    """Send what the editor's browser sent, as a part of what this one last sent."""
    asked = reruns(page)[-1]
    asked.rerun_script.widget_states.widgets.extend(states)
    page.evaluate("data => window.line.send(new Uint8Array(data))", list(asked.SerializeToString()))


def test_an_editor_publishes_and_others_cannot_even_by_sending_what_the_editor_s_browser_sent(
    publishing, visit
):
    server, store_url = publishing

    def listening():
        visitor = visit()
        visitor.page.context.add_init_script(LISTEN)
        visitor.open(server.address)
        return visitor

    editor = listening()
    states = publish_and_listen(editor)
    changes = change_and_listen(editor)
    assert (outside(editor), editor.errors) == ([], [])
    store = Store.open(store_url)
    assert [store.version(number).account for number in (2, 3, 4)] == [EDITOR] * 3
    store.restore(1, actor=Actor.command(), comment="Tillbaka")
    store.mark_wave(2, None, actor=Actor.command())

    for account in (READER, None):
        other = listening()
        page = sign_in(other, account) if account else other.page
        go_and_hand_in(other)
        expect(page.get_by_role("button", name="Publicera")).to_have_count(0)
        expect(page.get_by_text("Här kan du kontrollera filer, men inte publicera.")).to_be_visible()
        repeat(page, states)
        page.wait_for_timeout(1500)
        other.settle()
        expect(page.get_by_role("heading", name="Det här ändras")).to_be_visible()
        page.get_by_role("link", name="Versioner").click()
        expect(page.get_by_role("heading", name="Ändra", exact=True)).to_be_visible()
        other.settle()
        for change in changes:
            repeat(page, change)
            page.wait_for_timeout(500)
            other.settle()
        assert (store.latest().number, store.waves()) == (5, {})
        expect(page.get_by_text("Återställ en tidigare version")).to_have_count(0)
        expect(page.get_by_text(EDITOR)).to_have_count(0)

    again = listening()
    page = sign_in(again, EDITOR)
    go_and_hand_in(again)
    repeat(page, states)
    expect(page.get_by_text("Version 6 är publicerad och syns för alla.")).to_be_visible()
    page.get_by_role("link", name="Versioner", exact=True).click()
    expect(page.get_by_role("heading", name="Ändra", exact=True)).to_be_visible()
    again.settle()
    repeat(page, changes[1])
    expect(page.get_by_text("Version 2 är märkt som mätomgång 2024.")).to_be_visible()
    again.settle()
    repeat(page, changes[2])
    expect(page.get_by_text("1 arena är bekräftad i version 7.")).to_be_visible()


def test_who_signs_out_may_no_longer_publish(publishing, visit):
    editor = visit()
    editor.open(publishing[0].address)
    page = sign_in(editor, EDITOR)
    page.get_by_role("button", name="Logga ut").click()
    page.get_by_role("button", name="End session").click()
    expect(page.get_by_role("button", name="Logga in")).to_be_visible()
    editor.settle()
    page.get_by_role("link", name="Versioner").click()
    expect(page.get_by_text("Logga in för att publicera, återställa och märka versioner.")).to_be_visible()


def test_who_signs_in_comes_back_to_the_page_they_came_from(publishing, visit):
    visitor = visit()
    page = visitor.open(f"{publishing[0].address}/karta?kommun=1884")
    sign_in(visitor, READER)
    assert page.url == f"{publishing[0].address}/karta?kommun=1884"


def signed_in_for(server, hours, **claims):
    """Make the cookie of somebody who signed in so long ago, signed as the server signs it."""
    said = {"iss": "x", "sub": EDITOR, "email": EDITOR, "iat": int(time.time() - hours * 3600), **claims}
    said |= {"origin": server.address, "is_logged_in": True, "provider": "default"}
    value = create_signed_value(COOKIE_SECRET, "_streamlit_user", json.dumps(said)).decode()
    return {"name": "_streamlit_user", "value": value, "url": server.address}


def test_who_signed_in_yesterday_neither_reads_nor_publishes_until_they_sign_in_anew(
    publishing, closed, visit
):
    for hours, status in ((7.9, 200), (8.1, 401), (29 * 24, 401)):
        assert answer(f"{closed.address}/api/arenas.csv", [signed_in_for(closed, hours)])[0] == status
    for hours, button in ((7.9, "Logga ut"), (8.1, "Logga in")):
        visitor = visit()
        visitor.page.context.add_cookies([signed_in_for(publishing[0], hours)])
        page = visitor.open(f"{publishing[0].address}/versioner")
        expect(page.get_by_role("button", name=button)).to_be_visible()
        changes = page.get_by_text("Återställ en tidigare version")
        expect(changes).to_have_count(1 if button == "Logga ut" else 0)


def test_a_copied_cookie_is_of_no_use_after_signing_out(closed, visit):
    visitor = visit()
    page = visitor.open(closed.address)
    sign_in(visitor, READER)
    copied = page.context.cookies()
    assert answer(f"{closed.address}/api/arenas.csv", copied)[0] == 200
    page.get_by_role("button", name="Logga ut").click()
    page.get_by_role("button", name="End session").click()
    expect(page.get_by_text("Logga in för att läsa uppgifterna.")).to_be_visible()
    assert answer(f"{closed.address}/api/arenas.csv", copied)[0] == 401
    thief = visit()
    thief.page.context.add_cookies(copied)
    page = thief.open(f"{closed.address}/versioner")
    expect(page.get_by_text("Logga in för att läsa uppgifterna.")).to_be_visible()


def test_nobody_is_signed_in_as_an_attacker_by_the_attacker_s_link(publishing, visit):
    attacker, victim = visit(), visit()
    page = attacker.open(publishing[0].address)
    page.route("**/oauth2callback*", lambda route: route.abort())
    page.get_by_role("button", name="Logga in").click()
    with page.expect_request("**/oauth2callback*") as kept:
        page.get_by_role("button", name=READER).click()
    page = victim.open(kept.value.url)
    expect(page.get_by_role("button", name="Logga in")).to_be_visible()
    assert "_streamlit_user" not in {cookie["name"] for cookie in page.context.cookies()}


def test_over_tls_every_cookie_is_for_tls_alone(provider, chromium, tmp_path):
    haproxy = balancer.program()
    if haproxy is None:
        pytest.skip("HAProxy is not installed (Debian: apt-get install haproxy)")
    pem, port = tmp_path / "tls.pem", free_port()
    asked = "openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=x -addext subjectAltName=DNS:localhost"
    subprocess.run([*asked.split(), "-keyout", pem, "-out", f"{pem}.crt"], check=True, capture_output=True)
    pem.write_bytes(pem.read_bytes() + Path(f"{pem}.crt").read_bytes())
    address = f"https://localhost:{port}"
    wish = f'editors = ["{EDITOR}"]'
    with (
        signing_in(tmp_path, provider, wish, address) as (server, _),
        balancer.balancing(haproxy, port, [server.address], certificate=pem),
        chromium.new_context(ignore_https_errors=True, locale="sv-SE") as context,
    ):
        visitor = Visit(context)
        page = visitor.open(address)
        sign_in(visitor, EDITOR)
        ours = {c["name"]: c["secure"] for c in context.cookies() if "streamlit" in c["name"]}
        assert {"_streamlit_user", "_streamlit_xsrf"} <= set(ours)
        assert all(ours.values()), ours
        sent = page.request.get(f"{address}/api/health").headers
        assert sent["strict-transport-security"] == "max-age=31536000"


def answer(address, cookies=()):
    header = "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in cookies)
    request = urllib.request.Request(address, headers={"Cookie": header} if header else {})
    try:
        with urllib.request.urlopen(request, timeout=20) as response:
            return response.status, response.read().decode("utf-8")
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode("utf-8")


def test_a_closed_server_gives_nothing_away_before_sign_in(closed, visit):
    server, visitor = closed, visit()
    for path in ("/api/arenas.csv", "/api/arenas.geojson", "/api/gaps.json", "/map/abc/points.json"):
        status, body = answer(server.address + path)
        assert (status, json.loads(body)["message"]) == (401, "Logga in för att läsa uppgifterna.")
    assert answer(f"{server.address}/api/health")[0] == 200
    page = visitor.open(server.address)
    expect(page.get_by_text("Logga in för att läsa uppgifterna.")).to_be_visible()
    expect(page.get_by_role("link", name="Karta")).to_have_count(0)
    assert "Dataversion" not in page.content()
    sign_in(visitor, READER)
    page.get_by_role("link", name="Karta").click()
    page.wait_for_selector("[data-painted]")
    assert int(page.locator("[data-painted]").get_attribute("data-visible")) == 4
    cookies = page.context.cookies()
    status, body = answer(f"{server.address}/api/arenas.csv", cookies)
    assert status == 200
    assert "Familjecentralen Eken" in body
    for cookie in cookies:
        if cookie["name"] == "_streamlit_user":
            cookie["value"] = cookie["value"][:-2] + ("aa" if cookie["value"][-2:] != "aa" else "bb")
    assert answer(f"{server.address}/api/arenas.csv", cookies)[0] == 401
    assert (outside(visitor), visitor.errors) == ([], [])


def test_a_deep_link_to_a_closed_server_shows_only_the_way_in(closed, visit):
    page = visit().page
    page.goto(f"{closed.address}/karta?arena=nora-fc")
    expect(page.get_by_role("button", name="Logga in")).to_be_visible()
    expect(page.locator("[data-painted]")).to_have_count(0)
    assert "Eken" not in page.content()
