/** Build the elements around the map. */

import { WORDS } from "./words.js";

export function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

export function makeSvg(tag, attributes) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
  return element;
}

/** A municipality's name, with room under it for a few words. */
export function makeLabel(name) {
  const label = make("div", "sk-label", name);
  label.append(make("span", "sk-label-mark"));
  return label;
}

export function makeButton(label, text, className, onClick) {
  const button = make("button", `sk-button ${className}`, text);
  button.type = "button";
  button.setAttribute("aria-label", label);
  if (text !== label) button.title = label;
  button.addEventListener("click", onClick);
  return button;
}

let framesBuilt = 0;

export function buildFrame(container) {
  framesBuilt += 1;
  const id = `sk-${framesBuilt}`;
  const root = make("div", "sk-root");
  const frame = make("div", "sk-frame");
  const canvas = make("div", "sk-map");
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-describedby", `${id}-keys`);
  const keys = make("p", "sk-spoken");
  keys.id = `${id}-keys`;
  const spoken = make("p", "sk-spoken");
  spoken.setAttribute("aria-live", "polite");
  const tip = make("div", "sk-tip");
  tip.hidden = true;
  tip.setAttribute("aria-hidden", "true");
  const notice = make("p", "sk-notice", WORDS.none);
  notice.hidden = true;
  const credit = make("p", "sk-credit", WORDS.boundaries);
  const tools = make("div", "sk-tools");
  tools.setAttribute("role", "group");
  tools.setAttribute("aria-label", "Kartans knappar");
  frame.append(canvas, tools, notice, credit, tip, keys, spoken);
  const legend = make("details", "sk-legend");
  legend.append(make("summary", "sk-legend-title", WORDS.legend), make("div", "sk-legend-body"));
  root.append(frame, legend);
  container.append(root);
  return { id, root, canvas, keys, tools, notice, credit, tip, spoken, legend };
}

export function measurer(font) {
  const context = document.createElement("canvas").getContext("2d");
  context.font = font;
  return (text) => context.measureText(text).width;
}

/** Whether the page's background is dark, whatever notation its theme uses. */
export function isDark(element) {
  const context = document.createElement("canvas").getContext("2d");
  context.fillStyle = getComputedStyle(element).getPropertyValue("--sk-page").trim() || "#ffffff";
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
}
