"""Visit the app without a browser: a visitor who speaks Streamlit's own protocol.

A visitor opens a page over `/_stcore/stream`, keeps what the page shows, moves widgets by their labels and
asks for files as the download buttons do. Twenty cost less than one Chromium, so that what is measured is the
server. What a browser keeps from run to run (the address, the widgets' states, large messages) is kept here
too, or the server would do more or less than it does for people.
"""

import asyncio
import html
import itertools
import json
import re
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx2
from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.balancer import COOKIE

PATIENCE_S = 120.0
_FIELD = {"multiselect": "string_array_value", "slider": "double_array_value", "checkbox": "bool_value"}
_FIELD |= dict.fromkeys(("text_input", "text_area", "radio", "selectbox"), "string_value")
_FIELD |= {"button": "trigger_value"}
"""In which field of a widget's state its value travels."""


class VisitError(Exception):
    """The page broke, or did not answer."""


@dataclass
class Visitor:
    """One open page: what the latest run drew by its place, and what a browser keeps from run to run.

    `kept_at` is the server where a load balancer keeps the visitor; `query` stands in the visitor's address.
    """

    address: str
    page: str
    query: str
    _connection: ClientConnection
    _http: httpx2.AsyncClient
    shown: dict[tuple[int, ...], Element] = field(default_factory=dict)
    received_bytes: int = 0
    kept_at: str = ""
    _session: str = ""
    _page_hash: str = ""
    _states: dict[str, WidgetState] = field(default_factory=dict)
    _kept: dict[str, tuple[ForwardMsg, int]] = field(default_factory=dict)
    _kept_runs: int = 2
    _runs: int = 0
    _numbers: itertools.count = field(default_factory=itertools.count)

    def elements(self, kind):
        return [one for _, one in sorted(self.shown.items()) if one.WhichOneof("type") == kind]

    def text(self, kind):
        """Give the text of the first paragraph of one kind (`lead`, `count` …) of `pages.ui.markup`."""
        pattern = re.compile(rf'<p class="sk-{kind}"[^>]*>(.*?)</p>', re.DOTALL)
        for element in self.elements("html"):
            if found := pattern.search(element.html.body):
                return html.unescape(found[1]).strip()
        raise VisitError(f"no paragraph of the kind {kind} on /{self.page}?{self.query}")

    def component(self):
        components = (one.bidi_component for one in self.elements("bidi_component"))
        (told,) = (one for one in components if one.component_name.endswith("stodkartan_map"))
        return json.loads(told.json if told.WhichOneof("data") == "json" else told.mixed.json)[0]

    def files(self):
        buttons = (one.download_button for one in self.elements("download_button"))
        return {button.label: button.deferred_file_id for button in buttons}

    async def move(self, label, value):
        """Move the widget with a label; give the seconds until the page has been drawn anew."""
        widget_id, kind = self._widget(label)
        state = _state(widget_id, kind, value)
        if kind == "button":  # pressed in this run only
            return await self.rerun(pressed=state)
        self._states[widget_id] = state
        return await self.rerun()

    def _number(self, request):
        request.request_id, request.session_id = f"request-{next(self._numbers)}", self._session
        return request

    async def download(self, label):
        """Have the file behind a button made, as a click does, and fetch it."""
        asked = BackMsg()
        request = self._number(asked.backend_operation_request)
        request.deferred_file.file_id = self.files()[label]
        await self._connection.send(asked.SerializeToString())
        while (answer := (await self._message()).backend_operation_response).request_id != request.request_id:
            pass
        if answer.error_msg:
            raise VisitError(f"{label}: {answer.error_msg}")
        return await self.fetch(answer.deferred_file.url)

    async def hand_in(self, files):
        """Hand in files where the page takes them; give the seconds until the page has been drawn anew."""
        (place,) = self.elements("file_uploader")
        began = time.perf_counter()
        state = WidgetState(id=place.file_uploader.id)
        for name, url in (await self.send(files)).items():
            kept = state.file_uploader_state_value.uploaded_file_info.add()
            kept.name, kept.size, kept.file_id = name, len(files[name]), url.file_id
            kept.file_urls.CopyFrom(url)
        self._states[state.id] = state
        await self.rerun()
        return time.perf_counter() - began

    async def send(self, files):
        """Send files as a browser does while they are dropped, without handing them in; give their places."""
        places = dict(zip(files, await self._places_for(files), strict=True))
        for name, url in places.items():
            response = await self._http.put(
                url.upload_url,
                files={"file": (name, files[name], "application/octet-stream")},
                headers={"X-Xsrftoken": await self._token()},
            )
            response.raise_for_status()
        return places

    async def _places_for(self, files):
        asked = BackMsg()
        self._number(asked.file_urls_request).file_names.extend(files)
        await self._connection.send(asked.SerializeToString())
        while (message := await self._message()).WhichOneof("type") != "file_urls_response":
            pass
        return list(message.file_urls_response.file_urls)

    async def _token(self):
        """Give what Streamlit wants to see of whoever hands something in: a cookie of its own, said again."""
        if "_streamlit_xsrf" not in self._http.cookies:
            await self.fetch("/_stcore/health")
        return self._http.cookies["_streamlit_xsrf"]

    async def fetch(self, path):
        response = await self._http.get(path)
        response.raise_for_status()
        return response.content

    def _widget(self, label):
        for kind in _FIELD:
            for element in self.elements(kind):
                if getattr(element, kind).label == label:
                    return getattr(element, kind).id, kind
        raise VisitError(f"no widget called {label} on /{self.page}?{self.query}")

    async def rerun(self, pressed=None):
        """Run the page anew; give the seconds until all of it has come."""
        asked = BackMsg()
        wanted = asked.rerun_script
        wanted.query_string, wanted.page_script_hash = self.query, self._page_hash
        wanted.page_name = "" if self._page_hash else self.page
        wanted.widget_states.widgets.extend([*self._states.values(), *([pressed] if pressed else [])])
        wanted.cached_message_hashes.extend(self._kept)
        wanted.context_info.locale = "sv-SE"
        wanted.context_info.timezone = "Europe/Stockholm"
        began = time.perf_counter()
        await self._connection.send(asked.SerializeToString())
        while not self._finished(await self._message()):
            pass
        taken = time.perf_counter() - began
        self._forget()
        self._complain()
        return taken

    async def _message(self):
        """Wait for what the server sends next; what the browser has kept is put in its place."""
        try:
            received = await asyncio.wait_for(self._connection.recv(decode=False), PATIENCE_S)
        except (TimeoutError, ConnectionClosed) as error:
            raise VisitError(f"no answer from /{self.page}?{self.query}: {error!r}") from error
        self.received_bytes += len(received)
        message = ForwardMsg.FromString(received)
        if message.WhichOneof("type") == "ref_hash":
            whole, place = self._kept[message.ref_hash][0], message.metadata
            self._kept[message.ref_hash] = (whole, self._runs)
            message = ForwardMsg()
            message.CopyFrom(whole)
            message.metadata.CopyFrom(place)
        elif message.metadata.cacheable:
            self._kept[message.hash] = (message, self._runs)
        return message

    def _finished(self, message):
        """Take in a message; tell whether it was the last of a run."""
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self._runs += 1
            self._page_hash = message.new_session.page_script_hash
            self._kept_runs = message.new_session.config.max_cached_message_age
            self._session = message.new_session.initialize.session_id
            self.shown = {}
        elif kind == "navigation":
            self._page_hash = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string.removeprefix("?")
        elif kind == "page_not_found":
            raise VisitError(f"no page {self.page}")
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            element = message.delta.new_element
            self.shown[tuple(message.metadata.delta_path)] = element
            self._remember(element)
        return kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN

    def _remember(self, element):
        """Keep a widget's state as the browser does: its default at first, then what the page sets it to."""
        kind = element.WhichOneof("type")
        if kind not in _FIELD or kind == "button":
            return
        widget = getattr(element, kind)
        if widget.set_value or widget.id not in self._states:
            self._states[widget.id] = _state(widget.id, kind, _value(kind, widget))

    def _forget(self):
        since = self._runs - self._kept_runs
        self._kept = {name: kept for name, kept in self._kept.items() if kept[1] > since}
        drawn = {
            getattr(element, kind).id
            for element in self.shown.values()
            if (kind := element.WhichOneof("type")) in {*_FIELD, "file_uploader"}
        }
        self._states = {name: state for name, state in self._states.items() if name in drawn}

    def _complain(self):
        broken = [one.exception.message for one in self.elements("exception")]
        broken += [one.alert.body for one in self.elements("alert") if one.alert.format == Alert.ERROR]
        if broken:
            raise VisitError(f"/{self.page}?{self.query}: {broken[0]}")


@asynccontextmanager
async def visit(address, page, query="", *, cookies=(), headers=()):
    """Open a page in a session of its own, as a browser with an empty cache does, until the block ends.

    The cookies and the headers are those that the visitor comes with, beside what the server gives.
    """
    said, brought = dict(headers), dict(cookies)
    async with httpx2.AsyncClient(
        base_url=address, timeout=PATIENCE_S, cookies=brought, headers=said
    ) as http:
        shell = await http.get(f"/{page}")  # a load balancer's cookie keeps one at one server
        shell.raise_for_status()
        if kept := "; ".join(f"{name}={value}" for name, value in http.cookies.items()):
            said["Cookie"] = kept
        at = urlsplit(address)
        stream = f"ws://{said.pop('Host', at.netloc)}/_stcore/stream"
        wishes = {"host": at.hostname, "port": at.port, "additional_headers": said}
        async with connect(stream, **wishes, max_size=None, ping_interval=None) as connection:
            visitor = Visitor(address, page, query, connection, http)
            visitor.kept_at = http.cookies.get(COOKIE, "")
            await visitor.rerun()
            yield visitor


def _state(widget_id, kind, value):
    state = WidgetState(id=widget_id)
    name = _FIELD[kind]
    if name.endswith("array_value"):
        getattr(state, name).SetInParent()
        getattr(state, name).data.extend(value)
    else:
        setattr(state, name, value)
    return state


def _value(kind, widget):
    if kind == "multiselect":
        return [*widget.raw_values] if widget.set_value else [widget.options[n] for n in widget.default]
    if kind == "slider":
        return list(widget.value if widget.set_value else widget.default)
    if kind in {"radio", "selectbox"}:
        if widget.set_value:
            return widget.raw_value
        return widget.options[widget.default] if widget.options else ""
    return widget.value if widget.set_value else widget.default
