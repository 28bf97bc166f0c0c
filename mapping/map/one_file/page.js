/** Run the map, the filters and the panel of a map that is saved as one file. */

import { createMap } from "../browser/map.js";

const PAGE = {
  data: JSON.parse(document.getElementById("uppgifter").textContent),
  rows: new Map([...document.querySelectorAll("#arenor tbody tr")].map((row) => [row.dataset.id, row])),
  boxes: [...document.querySelectorAll("#filter input")],
  chosen: null,
  opener: null,
  visible: [],
};

const byId = (id) => document.getElementById(id);

function ticked(name) {
  return PAGE.boxes.filter((box) => box.name === name && box.checked).map((box) => box.value);
}

/** An arena may offer a level without anybody having said so: such arenas are counted, neither kept nor denied. */
function select() {
  const [types, levels] = [ticked("typ"), ticked("niva")];
  const ofType = Object.entries(PAGE.data.arenas).filter(([, arena]) => !types.length || types.includes(arena.type));
  const offers = ([, arena]) => !levels.length || levels.some((level) => arena.levels.includes(level));
  const others = ofType.filter((one) => !offers(one));
  const some = (surely) => others.filter(([, arena]) => levels.some((level) => arena[surely].includes(level)));
  const likely = new Set(some("likely"));
  return {
    visible: ofType.filter(offers).map(([id]) => id),
    likely: likely.size,
    unknown: some("perhaps").filter((one) => !likely.has(one)).length,
    isAll: !types.length && !levels.length,
  };
}

function arenas(number) {
  return `${number} ${number === 1 ? "arena" : "arenor"}`;
}

function draw() {
  const { visible, likely, unknown, isAll } = select();
  const shown = new Set(visible);
  PAGE.visible = visible;
  PAGE.rows.forEach((row, id) => {
    row.hidden = !shown.has(id);
  });
  byId("tomt").hidden = visible.length > 0;
  byId("arenor").hidden = visible.length === 0;
  const all = PAGE.rows.size ? `Visar ${PAGE.rows.size > 1 ? "alla " : ""}${arenas(PAGE.rows.size)}.` : "Ingen arena stämmer.";
  const counted = isAll ? all : `Visar ${visible.length} av ${arenas(PAGE.rows.size)}.`;
  byId("antal").textContent = [
    counted,
    ...(likely ? [`${likely} till är troliga.`] : []),
    ...(unknown ? [`${unknown} till saknar uppgift om nivå.`] : []),
  ].join(" ");
  byId("alla").hidden = isAll;
  if (PAGE.chosen && !shown.has(PAGE.chosen)) choose(null);
  else updateMap();
}

function updateMap() {
  PAGE.map.update({
    visible: PAGE.visible,
    hits: PAGE.data.hits,
    selected: { arena: PAGE.chosen, kommun: null },
    highlighted: PAGE.data.highlighted,
    start: PAGE.data.highlighted.length ? "kommun" : "lan",
    height: 680,
  });
}

/** Show an arena in the panel, or none. */
function choose(id) {
  PAGE.rows.get(PAGE.chosen)?.classList.remove("chosen");
  PAGE.chosen = id;
  const row = PAGE.rows.get(id);
  row?.classList.add("chosen");
  byId("panel-rubrik").textContent = row ? row.cells[0].textContent : "Vald arena";
  byId("panel-tom").hidden = Boolean(row);
  byId("panel-fakta").hidden = byId("stang").hidden = !row;
  byId("panel-fakta").replaceChildren(...(row ? facts(row, PAGE.data.arenas[id].facts) : []));
  updateMap();
}

function open(id, opener) {
  PAGE.opener = opener;
  choose(id);
  byId("panel-rubrik").focus();
}

function facts(row, more) {
  const headings = [...row.closest("table").tHead.rows[0].cells].map((cell) => cell.textContent);
  const own = [...row.cells].slice(1).map((cell, index) => [headings[index + 1], [cell.textContent]]);
  return [...own, ...more].flatMap(([label, texts]) => [
    element("dt", label),
    ...texts.map((text) => {
      const fact = document.createElement("dd");
      fact.append(/^https?:\/\/[^\s<>"]+$/.test(text) ? link(text) : text);
      return fact;
    }),
  ]);
}

function element(tag, text) {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

function link(address) {
  const made = element("a", address);
  made.href = address;
  made.target = "_blank";
  made.rel = "noopener noreferrer";
  return made;
}

function start() {
  byId("utan-skript").hidden = true;
  byId("filter").hidden = byId("karta-och-panel").hidden = false;
  byId("filter").querySelector("details")?.toggleAttribute("open", window.innerWidth >= 760);
  PAGE.rows.forEach((row, id) => {
    const name = element("button", row.cells[0].textContent);
    name.type = "button";
    name.addEventListener("click", () => open(id, name));
    row.cells[0].replaceChildren(name);
  });
  const map = createMap(byId("karta"), globalThis.L, {
    points: PAGE.data.points,
    boundaries: PAGE.data.boundaries,
    onArena: (id) => open(id, byId("karta").querySelector(".sk-map")),
  });
  PAGE.map = map;
  PAGE.boxes.forEach((box) => box.addEventListener("change", draw));
  byId("alla").addEventListener("click", () => {
    PAGE.boxes.forEach((box) => {
      box.checked = false;
    });
    draw();
    PAGE.boxes[0]?.focus();
  });
  byId("stang").addEventListener("click", () => {
    choose(null);
    PAGE.opener?.focus();
  });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", updateMap);
  draw();
}

start();
