/** Build the legend: only what stands on the map. */

import { WORDS } from "./words.js";
import { symbolPicture } from "./symbols.js";
import { make, makeSvg } from "./page_parts.js";

export const DOT_PITCH_PX = 8;

function legendSection(title, items, note) {
  const section = make("section", "sk-legend-section");
  // no heading: the legend stands on pages whose headings are of other levels
  section.append(make("p", "sk-legend-heading", title));
  const list = make("ul");
  list.setAttribute("aria-label", title);
  for (const [picture, text] of items) {
    const item = make("li");
    item.append(picture, make("span", "", text));
    list.append(item);
  }
  section.append(list);
  if (note) section.append(make("p", "sk-legend-note", note));
  return section;
}

function swatch(colour, dots) {
  const element = make("span", colour ? "sk-swatch" : "sk-swatch sk-hatched");
  if (colour) element.style.backgroundColor = colour;
  if (dots) {
    element.style.backgroundImage = `radial-gradient(circle, ${dots} 0 1.5px, transparent 2px)`;
    element.style.backgroundSize = `${DOT_PITCH_PX}px ${DOT_PITCH_PX}px`;
  }
  return element;
}

/** Two marks moved from the place between them. */
function spreadPicture() {
  const picture = makeSvg("svg", { width: 28, height: 28, class: "sk-legend-symbol sk-spread", "aria-hidden": "true" });
  picture.append(makeSvg("path", { d: "M5 14H23", stroke: "currentColor" }));
  for (const [cx, r] of [[14, 2], [5, 4.5], [23, 4.5]]) picture.append(makeSvg("circle", { cx, cy: 14, r, fill: "currentColor" }));
  return picture;
}

export function fillLegend(body, points, state) {
  const { types, statuses, positions, symbols, heading } = points.payload;
  const seen = (name) => new Set(state.visible.map((index) => points.get(index, name)));
  const [seenTypes, seenStatuses, seenPositions] = ["arenatyp", "status", "lage"].map(seen);
  const size = 16 * Math.min(state.scale, 1.25);
  const picture = (...look) => symbolPicture(symbols[look.join("|")], size);
  const only = (words, there) => Object.entries(words).filter(([code]) => there.has(code));

  const typeItems = only(types, seenTypes).map(([code, label]) => [picture(code, "aktiv", "exakt"), label]);
  const statusItems = only(statuses, seenStatuses).map(([code, one]) => [picture("", code, "exakt"), one.legend]);
  const positionItems = only(positions, seenPositions).map(([code, one]) => [picture("", "aktiv", code), one.legend]);
  const seenHits = new Set(state.visible.map((index) => state.hits.get(index)));
  const hitItems = only(state.marks, seenHits).map(([, one]) => {
    const faded = symbols["|aktiv|exakt"].map((part) => ({ ...part, opacity: 0.5 }));
    return [symbolPicture([...faded, ...one.badge], size), one.words];
  });
  const places = new Set(state.visible.map((index) => points.place[index]));
  if (places.size < state.visible.length) positionItems.push([spreadPicture(), WORDS.spread]);

  const sections = [[heading ?? WORDS.types, typeItems], [WORDS.status, statusItems], [WORDS.position, positionItems], [WORDS.hits, hitItems]]
    .filter(([, items]) => items.length)
    .map(([title, items]) => legendSection(title, items));
  if (state.shading) sections.unshift(shadingLegend(state));
  body.replaceChildren(...sections);
}

function shadingLegend({ shading, dark }) {
  const items = shading.classes.map((step) => [
    dark ? swatch(step.colourDark, step.dotsDark) : swatch(step.colour, step.dots),
    step.label,
  ]);
  if (shading.missing) items.push([swatch(null), shading.missing]);
  return legendSection(shading.title, items, shading.source);
}
