/** Paint the visible arenas on a canvas that follows Leaflet's map. */

import { INK, PAPER, drawSymbol } from "./symbols.js";
import { makeNearby, spreadPoints } from "./spread.js";
import { isInside } from "./municipalities.js";

/**
 * Paint every symbol once in a size: painting text 5 000 times a click is what is slow. What is not known to be
 * what is asked for is paler, with a badge.
 */
function spritesOf(points, size, withLetters, hit = "", badge = []) {
  const ratio = globalThis.devicePixelRatio || 1;
  const key = [size, withLetters, ratio, hit].join("|");
  const pixels = Math.ceil((size + 12) * ratio);
  const side = pixels / ratio;
  points.sprites[key] ??= points.kinds.map((kind) => {
    const sprite = document.createElement("canvas");
    sprite.width = sprite.height = pixels;
    const context = sprite.getContext("2d");
    context.scale(ratio, ratio);
    context.translate(side / 2, side / 2);
    if (hit) context.globalAlpha = 0.5;
    drawSymbol(context, points.payload.symbols[kind], size, withLetters);
    context.globalAlpha = 1;
    if (hit) drawSymbol(context, badge, size, withLetters);
    return sprite;
  });
  return { side, of: points.sprites[key] };
}

export function makeArenaLayer(L, points, state) {
  const Layer = L.Renderer.extend({
    initialize() {
      L.Util.setOptions(this, { padding: 0.15, pane: "arenas" });
      L.Util.stamp(this);
      this._layers = {};
    },
    _initContainer() {
      this._container = document.createElement("canvas");
      this._container.setAttribute("aria-hidden", "true");
    },
    _destroyContainer() {
      this._container.remove();
    },
    _onZoomEnd() {},
    _updatePaths() {},
    _update() {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      const ratio = globalThis.devicePixelRatio || 1;
      const size = this._bounds.getSize();
      const canvas = this._container;
      L.DomUtil.setPosition(canvas, this._bounds.min);
      canvas.width = Math.round(size.x * ratio);
      canvas.height = Math.round(size.y * ratio);
      canvas.style.width = `${size.x}px`;
      canvas.style.height = `${size.y}px`;
      this.paint();
    },
    /** Place and paint; the layout is kept until zoom, choice or size changes. */
    paint() {
      const layout = currentLayout(this._map, points, state);
      const ratio = globalThis.devicePixelRatio || 1;
      const context = this._container.getContext("2d");
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, this._container.width, this._container.height);
      const origin = this._map.getPixelOrigin().add(this._bounds.min);
      context.setTransform(ratio, 0, 0, ratio, -origin.x * ratio, -origin.y * ratio);
      const { x: width, y: height } = this._bounds.getSize();
      paintMarks(context, layout, points, state, {
        left: origin.x - 30,
        top: origin.y - 30,
        right: origin.x + width + 30,
        bottom: origin.y + height + 30,
      });
    },
  });
  return new Layer();
}

const CROWD = 700;

/** Sizes by zoom: small marks where a whole city is 40 pixels wide, dots where there are thousands. */
function markSize(zoom, count, scale) {
  if (count > CROWD && zoom < 10) return { size: 9 * scale, pitch: 9.5 * scale, rings: 3, withLetters: false };
  const size = (zoom < 8.1 ? 16 : zoom < 9.2 ? 18 : zoom < 10.6 ? 21 : 24) * scale;
  return { size, pitch: size + 1, rings: 9, withLetters: true };
}

export function currentLayout(map, points, state) {
  const zoom = map.getZoom();
  const made = state.layout;
  if (made && made.zoom === zoom && made.visible === state.visible && made.scale === state.markScale) return made;
  const { size, pitch, rings, withLetters } = markSize(zoom, state.visible.length, state.markScale);
  const scale = 256 * 2 ** zoom;
  const pick = (values, Type, by = 1) => Type.from(state.visible, (index) => values[index] * by);
  const home = {
    x: pick(points.x, Float64Array, scale),
    y: pick(points.y, Float64Array, scale),
    place: pick(points.place, Int32Array),
    firm: pick(points.firm, Uint8Array),
  };
  const isAtHome = (i, x, y) => {
    const area = state.areaOf[state.visible[i]];
    return !area || isInside(area, x / scale, y / scale);
  };
  const spread = spreadPoints(home, pitch, state.names(zoom), isAtHome, rings);
  state.layout = {
    zoom,
    visible: state.visible,
    scale: state.markScale,
    size,
    pitch,
    home,
    x: spread.x,
    y: spread.y,
    nearby: makeNearby(spread.x, spread.y, pitch),
    sprites: (hit) => spritesOf(points, size, withLetters, hit, state.marks[hit]?.badge),
  };
  return state.layout;
}

function paintMarks(context, layout, points, state, view) {
  const isIn = (i) =>
    layout.x[i] > view.left && layout.x[i] < view.right && layout.y[i] > view.top && layout.y[i] < view.bottom;
  paintLeaders(context, layout, state.dark, isIn);
  const half = layout.sprites("").side / 2;
  const spritesBy = new Map(["", ...new Set(state.hits.values())].map((hit) => [hit, layout.sprites(hit).of]));
  state.visible.forEach((index, i) => {
    if (!isIn(i)) return;
    const sprite = spritesBy.get(state.hits.get(index) ?? "")[points.kind[index]];
    context.drawImage(sprite, layout.x[i] - half, layout.y[i] - half, half * 2, half * 2);
  });
  for (const [id, kind] of [[state.selected.arena, "selected"], [state.focused, "focused"]]) {
    const i = id === null ? -1 : state.visible.indexOf(points.indexOf.get(id) ?? -1);
    if (i >= 0) paintEmphasis(context, layout, points, state, i, kind);
  }
}

function paintLeaders(context, layout, dark, isIn) {
  const { home, x, y, pitch } = layout;
  context.beginPath();
  const anchors = [];
  for (let i = 0; i < x.length; i += 1) {
    const moved = (x[i] - home.x[i]) ** 2 + (y[i] - home.y[i]) ** 2;
    if (moved < (pitch * 0.45) ** 2 || !isIn(i)) continue;
    context.moveTo(home.x[i], home.y[i]);
    context.lineTo(x[i], y[i]);
    anchors.push(i);
  }
  context.strokeStyle = dark ? "rgba(230, 238, 242, 0.45)" : "rgba(22, 36, 43, 0.38)";
  context.lineWidth = 1;
  context.stroke();
  context.fillStyle = dark ? "#e6eef2" : INK;
  context.beginPath();
  anchors.forEach((i) => {
    context.moveTo(home.x[i] + 1.8, home.y[i]);
    context.arc(home.x[i], home.y[i], 1.8, 0, 2 * Math.PI);
  });
  context.fill();
}

function paintEmphasis(context, layout, points, state, i, kind) {
  const index = state.visible[i];
  context.save();
  context.translate(layout.x[i], layout.y[i]);
  const size = layout.size * (kind === "selected" ? 1.3 : 1.12);
  const rings = kind === "selected" ? [[4.5, PAPER, 5], [4.5, INK, 2.6]] : [[6, PAPER, 4.5], [6, INK, 2.2]];
  for (const [out, colour, width] of rings) {
    context.beginPath();
    context.arc(0, 0, size / 2 + out, 0, 2 * Math.PI);
    context.strokeStyle = colour;
    context.lineWidth = width;
    if (kind === "focused" && colour === INK) context.setLineDash([5, 3]);
    context.stroke();
    context.setLineDash([]);
  }
  drawSymbol(context, points.payload.symbols[points.kinds[points.kind[index]]], size);
  context.restore();
}
