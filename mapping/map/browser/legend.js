/** Build the legend: only what stands on the map. */

import { WORDS } from "./words.js";
import { INK, drawSymbol } from "./symbols.js";
import { make } from "./page_parts.js";

export const DOT_PITCH_PX = 8;

/** A picture for the legend; one element per line, moved from one legend to the next. */
function symbolPicture(pictures, line, type, status, position, size) {
  const key = `${line}|${size}`;
  if (!pictures.has(key)) pictures.set(key, paintPicture(type, status, position, size));
  return pictures.get(key);
}

function paintPicture(type, status, position, size) {
  const side = size + 12;
  const ratio = globalThis.devicePixelRatio || 1;
  const canvas = make("canvas", "sk-legend-symbol");
  canvas.width = canvas.height = Math.ceil(side * ratio);
  canvas.style.width = canvas.style.height = `${side}px`;
  canvas.setAttribute("aria-hidden", "true");
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  context.translate(side / 2, side / 2);
  drawSymbol(context, type, status, position, size);
  return canvas;
}

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

function spreadPicture(dark) {
  const canvas = make("canvas", "sk-legend-symbol");
  const ratio = globalThis.devicePixelRatio || 1;
  canvas.width = canvas.height = Math.ceil(28 * ratio);
  canvas.style.width = canvas.style.height = "28px";
  canvas.setAttribute("aria-hidden", "true");
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  context.strokeStyle = context.fillStyle = dark ? "#e6eef2" : INK;
  context.beginPath();
  context.moveTo(5, 14);
  context.lineTo(23, 14);
  context.stroke();
  for (const [x, radius] of [[14, 2], [5, 4.5], [23, 4.5]]) {
    context.beginPath();
    context.arc(x, 14, radius, 0, 2 * Math.PI);
    context.fill();
  }
  return canvas;
}

export function fillLegend(body, points, state) {
  const { types, statuses, positions, heading } = points.payload;
  const seen = (name) => new Set(state.visible.map((index) => points.get(index, name)));
  const size = 16 * Math.min(state.scale, 1.25);
  const [seenTypes, seenStatuses, seenPositions] = ["arenatyp", "status", "lage"].map(seen);
  const sections = [];
  const plain = Object.entries(types).filter(([code]) => seenTypes.has(code));
  if (plain.length) {
    sections.push(legendSection(heading ?? WORDS.types, plain.map(([code, type]) => [symbolPicture(state.pictures, `type ${code}`, type, "aktiv", "exakt", size), type.label])));
  }
  const neutral = { letters: "", shape: "circle", colour: "#3c5562" };
  const statusItems = Object.entries(statuses)
    .filter(([code]) => seenStatuses.has(code))
    .map(([code, status]) => [symbolPicture(state.pictures, `status ${code}`, neutral, code, "exakt", size), status.legend]);
  if (statusItems.length) sections.push(legendSection(WORDS.status, statusItems));
  const positionItems = Object.entries(positions)
    .filter(([code]) => seenPositions.has(code))
    .map(([code, position]) => [symbolPicture(state.pictures, `position ${code}`, neutral, "aktiv", code, size), position.legend]);
  const places = new Set(state.visible.map((index) => points.place[index]));
  if (places.size < state.visible.length) positionItems.push([spreadPicture(state.dark), WORDS.spread]);
  if (positionItems.length) sections.push(legendSection(WORDS.position, positionItems));
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
