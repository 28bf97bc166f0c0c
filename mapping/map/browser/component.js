/** Adapt the map to Streamlit: fetch what it needs once, then pass every choice on. */

import { WORDS, wordsFor } from "./words.js";
import { make } from "./page_parts.js";
import { createMap } from "./map.js";
import { follow, titleOfOpened } from "./focus.js";

const fetched = new Map();

/** Fetch once per address: an address names a data version. */
function fetchOnce(url) {
  if (!fetched.has(url)) {
    const answer = fetch(url).then((response) => {
      if (!response.ok) throw new Error(`${response.status} ${url}`);
      return response.json();
    });
    answer.catch(() => fetched.delete(url));
    fetched.set(url, answer);
  }
  return fetched.get(url);
}

function loadStyle(root, href) {
  return new Promise((resolve, reject) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = href;
    link.onload = resolve;
    link.onerror = () => reject(new Error(href));
    root.prepend(link);
  });
}

const mounted = new WeakMap();
const lastPlaces = new Map();

function mount(parentElement) {
  const holder = make("div", "sk-holder");
  const waiting = make("p", "sk-waiting", WORDS.loading);
  holder.append(waiting);
  parentElement.append(holder);
  return { holder, waiting, map: null, source: "", latest: null, gone: false, focus: {} };
}

async function show(instance, data) {
  // a blob: module has no address of its own, so every address is made absolute first
  const absolute = (url) => new URL(url, document.baseURI).href;
  instance.holder.style.setProperty("--sk-height", `${data.height ?? 720}px`);
  const source = [data.pointsUrl, data.boundariesUrl, data.leafletUrl].join(" ");
  if (source === instance.source) return;
  instance.source = source;
  try {
    const [L, points, boundaries] = await Promise.all([
      import(absolute(data.leafletUrl)),
      data.points ?? fetchOnce(absolute(data.pointsUrl)),
      data.boundaries ?? fetchOnce(absolute(data.boundariesUrl)),
      instance.styled ?? (instance.styled = loadStyle(instance.holder, absolute(data.leafletCssUrl))),
    ]);
    if (instance.gone || source !== instance.source) return;
    draw(instance, L, points, boundaries);
  } catch (error) {
    console.error(error);
    instance.map = null;
    instance.source = "";
    instance.styled = null;
    instance.waiting.hidden = false;
    instance.waiting.setAttribute("role", "alert");
    instance.waiting.textContent = wordsFor(data).failed;
  }
}

function draw(instance, L, points, boundaries) {
  const key = instance.latest.data.mapKey ?? "";
  const place = instance.map?.place() ?? lastPlaces.get(key);
  instance.map?.destroy();
  instance.waiting.hidden = true;
  instance.map = createMap(instance.holder, L, {
    points,
    boundaries,
    place,
    onArena: (id, how) => {
      if (how?.byKeyboard) instance.focus.opened = id;
      instance.latest.setTriggerValue("arena", id);
    },
    onKommun: (code) => instance.latest.setTriggerValue("kommun", code),
  });
  instance.map.update(instance.latest.data);
}

/**
 * What Streamlit calls at every change of data or theme. The data comes in a list of one: a bare object's
 * members Streamlit examines for data frames, and imports pandas to do it, which a cold start cannot afford.
 */
export default function ({ data: [data], ...rest }) {
  const component = { ...rest, data };
  const { parentElement } = component;
  if (!mounted.has(parentElement)) mounted.set(parentElement, mount(parentElement));
  const instance = mounted.get(parentElement);
  instance.latest = component;
  const source = instance.source;
  show(instance, data);
  if (instance.map && source === instance.source) instance.map.update(data);
  const canvas = () => instance.holder.querySelector(".sk-map");
  follow(instance.focus, data.selected?.arena ?? null, titleOfOpened, canvas, "center");
  return () => {
    instance.gone = true;
    if (instance.map) lastPlaces.set(data.mapKey ?? "", instance.map.place());
    instance.map?.destroy();
    instance.holder.remove();
    mounted.delete(parentElement);
  };
}
