/** Draw the symbols that `mapping.map.symbols` defines, on a canvas or as SVG. */

import { makeSvg } from "./page_parts.js";

export const PAPER = "#ffffff";
export const INK = "#16242b";
const UNITS = 20;
const LETTERS = {
  "font-family": '"Source Sans", "Source Sans Pro", "Segoe UI", system-ui, sans-serif',
  "font-weight": 700,
  "text-anchor": "middle",
};

/**
 * Draw one symbol around the context's origin.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {object[]} parts  as `mapping.map.symbols.parts` gives them
 * @param {number} size  diameter in CSS pixels
 * @param {boolean} withLetters  without them it is a dot, too small for a ring too
 */
export function drawSymbol(context, parts, size, withLetters = true) {
  context.save();
  context.scale(size / UNITS, size / UNITS);
  context.textAlign = "center";
  for (const part of parts) {
    const [fill, stroke] = [part.fill ?? "none", part.stroke ?? "none"];
    if (fill !== "none") context.fillStyle = fill;
    if (part.text) {
      if (!withLetters) continue;
      context.font = `700 ${part["font-size"]}px ${LETTERS["font-family"]}`;
      context.fillText(part.text, part.x, part.y);
      continue;
    }
    const path = new Path2D(part.d);
    if (fill !== "none") context.fill(path);
    if (stroke === "none") continue;
    context.strokeStyle = stroke;
    context.lineWidth = part["stroke-width"];
    context.lineJoin = part["stroke-linejoin"] ?? "miter";
    context.setLineDash((part["stroke-dasharray"] ?? "").split(" ").filter(Boolean).map(Number));
    context.stroke(path);
  }
  context.restore();
}

/** The same as a picture of its own, with some room around it. */
export function symbolPicture(parts, size) {
  const side = size + 12;
  const units = (side / size) * UNITS;
  const box = [-units / 2, -units / 2, units, units].join(" ");
  const picture = makeSvg("svg", { viewBox: box, width: side, height: side, class: "sk-legend-symbol", "aria-hidden": "true" });
  for (const { text, ...attributes } of parts) {
    const drawn = makeSvg(text ? "text" : "path", text ? { ...attributes, ...LETTERS } : attributes);
    if (text) drawn.textContent = text;
    picture.append(drawn);
  }
  return picture;
}
