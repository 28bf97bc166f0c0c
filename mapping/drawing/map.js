/**
 * Draw the arenas and municipalities with Leaflet, in the app and in the map saved as one file.
 *
 * `createMap(container, L, options)` knows nothing of Streamlit; the default export at the end is
 * the thin adapter that is. Every text from the data is written with `textContent` or on a canvas,
 * never as HTML.
 */

const WORDS = {
  map: "Karta över arenor. Samma arenor finns i tabellen under kartan.",
  keys:
    "Piltangenterna flyttar kartan, plus och minus zoomar. Page Down och Page Up går till nästa och " +
    "föregående arena, Enter öppnar den.",
  zoomIn: "Zooma in",
  zoomOut: "Zooma ut",
  fitSelection: "Visa hela urvalet",
  fitCounty: "Visa hela länet",
  legend: "Teckenförklaring",
  types: "Typ av arena",
  status: "Status",
  position: "Läge på kartan",
  spread: "Flera på samma plats: strecket visar platsen",
  boundaries: "Kommungränser: SCB",
  none: "Ingen arena i urvalet har en plats på kartan.",
  loading: "Kartan laddas …",
  failed:
    "Kartan kunde inte visas. Samma arenor finns i tabellen under kartan. Ladda om sidan för att försöka igen.",
};

const GREY = "#686e73";
const PAPER = "#ffffff";
const INK = "#16242b";
const WIDE_PX = 600;
const MAX_ZOOM = 17;
const FIT_ZOOM = 13;
const LETTER_FONT = '"Source Sans", "Source Sans Pro", "Segoe UI", system-ui, sans-serif';

// ---------------------------------------------------------------------------------------------
// Symbols

const POLYGONS = {
  // corners on the unit circle's scale, sized so that all shapes look equally heavy
  square: [[-0.88, -0.88], [0.88, -0.88], [0.88, 0.88], [-0.88, 0.88]],
  diamond: [[0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]],
  house: [[0, -1.18], [1.08, -0.28], [0.84, 0.94], [-0.84, 0.94], [-1.08, -0.28]],
  shield: [[-0.92, -0.9], [0.92, -0.9], [0.92, 0.28], [0, 1.18], [-0.92, 0.28]],
  hexagon: regular(6, 1.08, Math.PI / 6),
  octagon: regular(8, 1.06, Math.PI / 8),
};

function regular(corners, radius, turn) {
  return Array.from({ length: corners }, (_, i) => {
    const angle = turn + (2 * Math.PI * i) / corners;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
}

function tracePath(context, shape, radius) {
  context.beginPath();
  const corners = POLYGONS[shape];
  if (!corners) context.arc(0, 0, radius, 0, 2 * Math.PI);
  else corners.forEach(([x, y]) => context.lineTo(x * radius, y * radius));
  context.closePath();
}

/**
 * Draw one symbol around the context's origin; nothing of it but the badge reaches outside `size`.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {{letters: string, shape: string, colour: string}} type
 * @param {string} status  aktiv, planerad, okand or stangd
 * @param {string} position  exakt, harlett, ort or kommun
 * @param {number} size  diameter in CSS pixels
 * @param {boolean} withLetters
 */
export function drawSymbol(context, type, status, position, size, withLetters = true) {
  const inset = { exakt: 1.4, harlett: 3.2 }[position] ?? 3.9;
  const radius = withLetters ? size / 2 - inset * Math.max(1, size / 24) : size / 2 - 1;
  const colour = status === "stangd" ? GREY : type.colour;
  const hollow = status === "planerad";
  context.lineJoin = "round";
  if (withLetters) drawRing(context, position, colour, size);
  tracePath(context, type.shape, radius);
  context.strokeStyle = PAPER;
  context.lineWidth = 2.2;
  context.stroke();
  context.fillStyle = hollow ? PAPER : colour;
  context.fill();
  if (hollow) {
    context.strokeStyle = colour;
    context.lineWidth = 1.3;
    context.setLineDash([2.4, 1.5]);
    context.stroke();
    context.setLineDash([]);
  }
  if (withLetters) drawLetters(context, type, radius, hollow ? colour : PAPER);
  if (status === "stangd") drawStrike(context, radius);
  if (status === "okand") drawBadge(context, radius, size);
}

function drawRing(context, position, colour, size) {
  if (position === "exakt") return;
  const radius = size / 2 - 0.6;
  context.beginPath();
  context.arc(0, 0, radius, 0, 2 * Math.PI);
  context.fillStyle = PAPER;
  context.fill();
  context.strokeStyle = colour;
  context.lineWidth = (position === "kommun" ? 1.6 : 1.1) * Math.max(1, size / 24);
  if (position === "ort") context.setLineDash(evenDashes(radius, 9, 0.62));
  if (position === "kommun") context.setLineDash(evenDashes(radius, 14, 0.32));
  context.stroke();
  context.setLineDash([]);
}

function evenDashes(radius, count, share) {
  const step = (2 * Math.PI * radius) / count;
  return [step * share, step * (1 - share)];
}

function drawLetters(context, type, radius, colour) {
  const pixels = radius * (type.letters.length > 1 ? 1.12 : 1.5);
  context.font = `700 ${pixels.toFixed(1)}px ${LETTER_FONT}`;
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  context.fillStyle = colour;
  const lift = type.shape === "shield" ? -0.1 : type.shape === "house" ? 0.08 : 0;
  context.fillText(type.letters, 0, pixels * 0.355 + lift * radius);
}

function drawStrike(context, radius) {
  for (const [colour, width] of [[PAPER, 3.6], [INK, 1.8]]) {
    context.beginPath();
    context.moveTo(-radius * 1.05, radius * 1.05);
    context.lineTo(radius * 1.05, -radius * 1.05);
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.stroke();
  }
}

function drawBadge(context, radius, size) {
  const badge = Math.max(4, size * 0.22);
  context.save();
  context.translate(size * 0.36, -size * 0.34);
  context.beginPath();
  context.arc(0, 0, badge, 0, 2 * Math.PI);
  context.fillStyle = PAPER;
  context.fill();
  context.strokeStyle = INK;
  context.lineWidth = 0.8;
  context.stroke();
  context.font = `800 ${(badge * 1.75).toFixed(1)}px ${LETTER_FONT}`;
  context.textAlign = "center";
  context.fillStyle = INK;
  context.fillText("?", 0, badge * 0.62);
  context.restore();
}

/** Make a store of ready-painted symbols: painting text 5 000 times a click is what is slow. */
function makeSprites({ payload: { types }, kinds }, size, withLetters) {
  const ratio = globalThis.devicePixelRatio || 1;
  const pixels = Math.ceil((size + 12) * ratio);
  const side = pixels / ratio;
  const ready = [];
  return {
    side,
    get(kind) {
      if (!ready[kind]) {
        const [type, status, position] = kinds[kind];
        const sprite = document.createElement("canvas");
        sprite.width = sprite.height = pixels;
        const context = sprite.getContext("2d");
        context.scale(ratio, ratio);
        context.translate(side / 2, side / 2);
        drawSymbol(context, types[type] ?? types.annan, status, position, size, withLetters);
        ready[kind] = sprite;
      }
      return ready[kind];
    },
  };
}

// ---------------------------------------------------------------------------------------------
// Spreading: marks never cover each other as long as there is room near their place

/** Remember where marks stand; a cell is so small that it holds one. */
function makeOccupied(pitch, minX, minY, maxX, maxY) {
  const cell = pitch / Math.SQRT2;
  const columns = Math.floor((maxX - minX) / cell) + 6;
  const rows = Math.floor((maxY - minY) / cell) + 6;
  const dense = columns * rows < 4e6;
  const cells = dense ? new Int32Array(columns * rows) : new Map();
  const xs = [0];
  const ys = [0];
  const least = pitch * pitch * 0.98;
  const at = dense ? (key) => cells[key] : (key) => cells.get(key) ?? 0;
  const inside = (column, row) => column >= 2 && row >= 2 && column < columns - 2 && row < rows - 2;
  const columnOf = (x) => Math.floor((x - minX) / cell) + 3;
  const rowOf = (y) => Math.floor((y - minY) / cell) + 3;
  return {
    isFree(x, y) {
      const column = columnOf(x);
      const row = rowOf(y);
      if (!inside(column, row)) return false;
      if (at(row * columns + column)) return false;
      for (let r = row - 2; r <= row + 2; r += 1) {
        for (let c = column - 2; c <= column + 2; c += 1) {
          const other = at(r * columns + c);
          if (other && (xs[other] - x) ** 2 + (ys[other] - y) ** 2 < least) return false;
        }
      }
      return true;
    },
    take(x, y) {
      const column = columnOf(x);
      const row = rowOf(y);
      if (!inside(column, row)) return;
      xs.push(x);
      ys.push(y);
      if (dense) cells[row * columns + column] = xs.length - 1;
      else cells.set(row * columns + column, xs.length - 1);
    },
  };
}

/** Offsets of a honeycomb around the origin, nearest first. */
function honeycomb(rings) {
  const slots = [];
  for (let q = -rings; q <= rings; q += 1) {
    for (let r = Math.max(-rings, -q - rings); r <= Math.min(rings, -q + rings); r += 1) {
      slots.push([q + r / 2, (r * Math.sqrt(3)) / 2]);
    }
  }
  const rank = ([x, y]) => Math.round((x * x + y * y) * 1000) * 10 + Math.atan2(y, x);
  return slots.sort((a, b) => rank(a) - rank(b));
}

const RINGS = 9;
const SLOTS = honeycomb(RINGS);
const CROWD = 700;
const SLOTS_IN_CROWD = 1 + 3 * 3 * 4;

/**
 * Move marks apart in pixels so that each can be seen and clicked.
 *
 * Marks alone at an exact place stay there. The few that share a place stand in a ring around it,
 * more of them in a honeycomb; marks of different places that would collide give way, the less
 * exact first, and rather inside their own municipality than out of it. Where there is no room
 * within nine rings (three in a crowd of thousands) a mark stays near its place, on top of others;
 * zooming in parts them.
 *
 * @param {{x: Float64Array, y: Float64Array, place: Int32Array, firm: Uint8Array}} points
 * @param {number} pitch  least distance between two marks, in pixels
 * @param {{x: number, y: number, width: number, height: number}[]} names  boxes to leave free, by their middle
 * @param {(index: number, x: number, y: number) => boolean} isAtHome  whether a pixel is in the mark's municipality
 * @returns {{x: Float64Array, y: Float64Array}}
 */
export function spreadPoints({ x, y, place, firm }, pitch, names = [], isAtHome = () => true) {
  const slots = x.length > CROWD ? SLOTS_IN_CROWD : SLOTS.length;
  const outX = Float64Array.from(x);
  const outY = Float64Array.from(y);
  const margin = pitch * 12;
  const [minX, maxX] = extent(x);
  const [minY, maxY] = extent(y);
  const occupied = makeOccupied(pitch, minX - margin, minY - margin, maxX + margin, maxY + margin);
  const isFree = (px, py) => occupied.isFree(px, py) && !names.some((name) => isOver(name, px, py, pitch * 0.44));
  for (const members of groupsInOrder(place, firm)) {
    if (members.length > 1 && members.length < 7 && takeRing(members)) continue;
    takeSlots(members);
  }
  return { x: outX, y: outY };

  function put(index, px, py) {
    outX[index] = px;
    outY[index] = py;
    occupied.take(px, py);
  }

  function takeRing(members) {
    const count = members.length;
    const radius = pitch / (2 * Math.sin(Math.PI / count));
    const turn = count === 2 ? 0 : -Math.PI / 2;
    const spots = members.map((index, i) => {
      const angle = turn + (2 * Math.PI * i) / count;
      return [index, x[index] + radius * Math.cos(angle), y[index] + radius * Math.sin(angle)];
    });
    if (!spots.every(([index, px, py]) => isFree(px, py) && isAtHome(index, px, py))) return false;
    spots.forEach((spot) => put(...spot));
    return true;
  }

  function takeSlots(members) {
    let first = 0;
    members.forEach((index, i) => {
      let outside = -1;
      let slot = first;
      for (; slot < slots; slot += 1) {
        const px = x[index] + SLOTS[slot][0] * pitch;
        const py = y[index] + SLOTS[slot][1] * pitch;
        if (!isFree(px, py)) {
          // taken for good: the next of this place need not ask again
          if (slot === first) first += 1;
        } else if (isAtHome(index, px, py)) break;
        else if (outside < 0) outside = slot;
      }
      const chosen = slot < slots ? slot : outside;
      if (chosen >= 0) put(index, x[index] + SLOTS[chosen][0] * pitch, y[index] + SLOTS[chosen][1] * pitch);
      else sunflower(index, i);
    });
  }

  /** No two of the same place on the same spot, whatever else stands there. */
  function sunflower(index, i) {
    const angle = i * 2.39996;
    outX[index] = x[index] + pitch * 0.55 * Math.sqrt(i) * Math.cos(angle);
    outY[index] = y[index] + pitch * 0.55 * Math.sqrt(i) * Math.sin(angle);
  }
}

function isOver(box, x, y, reach) {
  return Math.abs(x - box.x) < box.width / 2 + reach && Math.abs(y - box.y) < box.height / 2 + reach;
}

function extent(values) {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return values.length ? [low, high] : [0, 0];
}

function groupsInOrder(place, firm) {
  const groups = new Map();
  place.forEach((code, index) => {
    if (groups.has(code)) groups.get(code).push(index);
    else groups.set(code, [index]);
  });
  const weight = (members) => members.length * 2 - (members.length === 1 && firm[members[0]] ? 1 : 0);
  return [...groups.values()].sort((a, b) => weight(a) - weight(b) || a[0] - b[0]);
}

// ---------------------------------------------------------------------------------------------
// Data

/** Rows as columns, with everything that does not change until the next data version. */
function readPoints(payload) {
  const column = Object.fromEntries(payload.fields.map((name, i) => [name, i]));
  const rows = payload.rows;
  const count = rows.length;
  const points = {
    count,
    payload,
    ids: rows.map((row) => row[column.id]),
    indexOf: new Map(),
    x: new Float64Array(count),
    y: new Float64Array(count),
    place: new Int32Array(count),
    firm: new Uint8Array(count),
    kind: new Uint16Array(count),
    kinds: [],
    get: (index, name) => rows[index][column[name]],
  };
  const places = new Map();
  const kinds = new Map();
  rows.forEach((row, index) => {
    const lat = row[column.lat];
    const lon = row[column.lon];
    const key = `${lat},${lon}`;
    if (!places.has(key)) places.set(key, places.size);
    points.indexOf.set(row[column.id], index);
    points.place[index] = places.get(key);
    points.firm[index] = row[column.lage] === "exakt" ? 1 : 0;
    const look = [row[column.arenatyp], row[column.status], row[column.lage]];
    const name = look.join("|");
    if (!kinds.has(name)) kinds.set(name, points.kinds.push(look) - 1);
    points.kind[index] = kinds.get(name);
    [points.x[index], points.y[index]] = mercator(lat, lon);
  });
  return points;
}

/** Web Mercator as shares of the world's width: times 256·2^zoom it is Leaflet's pixels. */
function mercator(lat, lon) {
  const sine = Math.sin((lat * Math.PI) / 180);
  return [lon / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
}

/** Which rows are visible: all, a list of ids, or bits packed as base64. */
function readVisible(visible, points) {
  const all = Array.from({ length: points.count }, (_, i) => i);
  if (visible === null || visible === undefined) return all;
  if (Array.isArray(visible)) {
    const wanted = new Set(visible);
    return all.filter((index) => wanted.has(points.ids[index]));
  }
  const bytes = atob(visible);
  return all.filter((index) => (bytes.charCodeAt(index >> 3) >> (7 - (index & 7))) & 1);
}

function tooltipLines(points, index) {
  const { types, statuses, positions } = points.payload;
  const type = types[points.get(index, "arenatyp")]?.label ?? points.get(index, "arenatyp");
  const status = statuses[points.get(index, "status")]?.tooltip ?? "";
  return [
    points.get(index, "namn"),
    status ? `${type} · ${status}` : type,
    positions[points.get(index, "lage")]?.tooltip ?? "",
  ];
}

// ---------------------------------------------------------------------------------------------
// Municipalities

function readMunicipalities(collection) {
  return collection.features.map((feature) => {
    const polygons =
      feature.geometry.type === "Polygon" ? [feature.geometry.coordinates] : feature.geometry.coordinates;
    const rings = polygons.flatMap((rings_) => rings_.map((ring) => ring.map(([lon, lat]) => mercator(lat, lon))));
    const [lon, lat] = feature.properties.label;
    return {
      code: feature.properties.kommunkod,
      name: feature.properties.kommun,
      rings,
      label: mercator(lat, lon),
      box: ringsBox(rings),
    };
  });
}

function ringsBox(rings) {
  const [left, right] = extent(rings.flat().map(([x]) => x));
  const [top, bottom] = extent(rings.flat().map(([, y]) => y));
  return { left, right, top, bottom };
}

/** Even–odd rule over all rings, so that holes and islands come out right. */
function isInside(municipality, x, y) {
  const { box, rings } = municipality;
  if (x < box.left || x > box.right || y < box.top || y > box.bottom) return false;
  let inside = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
      const [xi, yi] = ring[i];
      const [xj, yj] = ring[j];
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
    }
  }
  return inside;
}

/**
 * Find where each name fits: inside its municipality, off the places and off the other names.
 *
 * It looks at all places and not only the visible ones, so that no name moves when the choice changes;
 * the marks give way to the names. A name that fits nowhere is left out; pointing at the municipality
 * still tells it.
 */
function placeLabels(municipalities, widths, height, scale, homes) {
  const placed = new Map();
  const area = ({ box }) => (box.right - box.left) * (box.bottom - box.top);
  for (const municipality of [...municipalities].sort((a, b) => area(b) - area(a))) {
    const spot = bestSpot(municipality, widths.get(municipality.code));
    if (spot) placed.set(municipality.code, spot);
  }
  return placed;

  function bestSpot(municipality, width) {
    let best = null;
    for (const [mx, my] of candidates(municipality)) {
      const spot = { x: mx * scale, y: my * scale, width, height };
      if (!fits(municipality, mx, my, width)) continue;
      if ([...placed.values()].some((other) => overlaps(spot, other))) continue;
      const crowd = homes.countIn(spot.x - width / 2 - 8, spot.y - height / 2 - 8, spot.x + width / 2 + 8, spot.y + height / 2 + 8);
      const away = Math.hypot(spot.x - municipality.label[0] * scale, spot.y - municipality.label[1] * scale);
      const cost = crowd * 60 + away;
      if (!best || cost < best.cost) best = { ...spot, cost };
    }
    return best;
  }

  function* candidates(municipality) {
    yield municipality.label;
    const { left, right, top, bottom } = municipality.box;
    for (let row = 1; row < 16; row += 1) {
      for (let column = 1; column < 12; column += 1) {
        yield [left + ((right - left) * column) / 12, top + ((bottom - top) * row) / 16];
      }
    }
  }

  function fits(municipality, mx, my, width) {
    // the outermost letters may lean over the border, the body of the name may not
    const reach = (width * 0.4) / scale;
    const rise = (height * 0.3) / scale;
    return [-reach, 0, reach].every((dx) => isInside(municipality, mx + dx, my - rise) && isInside(municipality, mx + dx, my + rise));
  }
}

function overlaps(a, b) {
  return Math.abs(a.x - b.x) < (a.width + b.width) / 2 + 4 && Math.abs(a.y - b.y) < (a.height + b.height) / 2 + 2;
}

/** Marks by place, to be asked what is near a pixel. */
function makeNearby(xs, ys, size) {
  const cell = Math.max(8, size);
  const cells = new Map();
  const key = (column, row) => column * 1e7 + row;
  for (let i = 0; i < xs.length; i += 1) {
    const at = key(Math.floor(xs[i] / cell), Math.floor(ys[i] / cell));
    if (cells.has(at)) cells.get(at).push(i);
    else cells.set(at, [i]);
  }
  function* within(left, top, right, bottom) {
    for (let column = Math.floor(left / cell); column <= Math.floor(right / cell); column += 1) {
      for (let row = Math.floor(top / cell); row <= Math.floor(bottom / cell); row += 1) {
        yield* cells.get(key(column, row)) ?? [];
      }
    }
  }
  return {
    countIn(left, top, right, bottom) {
      const half = size / 2;
      let count = 0;
      for (const i of within(left - half, top - half, right + half, bottom + half)) {
        if (xs[i] > left - half && xs[i] < right + half && ys[i] > top - half && ys[i] < bottom + half) count += 1;
      }
      return count;
    },
    nearest(x, y, reach) {
      let best = -1;
      let least = reach * reach;
      for (const i of within(x - reach, y - reach, x + reach, y + reach)) {
        const distance = (xs[i] - x) ** 2 + (ys[i] - y) ** 2;
        // of equals the last one: it is painted on top
        if (distance <= least) [best, least] = [i, distance];
      }
      return best;
    },
  };
}

// ---------------------------------------------------------------------------------------------
// The layer of arenas

function makeArenaLayer(L, points, state) {
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

/** Sizes by zoom: small marks where a whole city is 40 pixels wide. */
function markSize(zoom, count, scale) {
  if (count > CROWD && zoom < 10) return { size: 9 * scale, pitch: 9.5 * scale, withLetters: false };
  const size = (zoom < 8.1 ? 16 : zoom < 9.2 ? 18 : zoom < 10.6 ? 21 : 24) * scale;
  return { size, pitch: size + 1, withLetters: true };
}

function currentLayout(map, points, state) {
  const zoom = map.getZoom();
  const made = state.layout;
  if (made && made.zoom === zoom && made.visible === state.visible && made.scale === state.markScale) return made;
  const { size, pitch, withLetters } = markSize(zoom, state.visible.length, state.markScale);
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
  const spread = spreadPoints(home, pitch, state.names(zoom), isAtHome);
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
    sprites: spritesFor(points, state, size, withLetters),
  };
  return state.layout;
}

function spritesFor(points, state, size, withLetters) {
  const key = `${size}|${withLetters}|${globalThis.devicePixelRatio}`;
  if (!state.sprites.has(key)) state.sprites.set(key, makeSprites(points, size, withLetters));
  return state.sprites.get(key);
}

function paintMarks(context, layout, points, state, view) {
  const isIn = (i) =>
    layout.x[i] > view.left && layout.x[i] < view.right && layout.y[i] > view.top && layout.y[i] < view.bottom;
  paintLeaders(context, layout, state.dark, isIn);
  const half = layout.sprites.side / 2;
  state.visible.forEach((index, i) => {
    if (!isIn(i)) return;
    context.drawImage(layout.sprites.get(points.kind[index]), layout.x[i] - half, layout.y[i] - half, half * 2, half * 2);
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
  const rings = kind === "selected" ? [[7, PAPER, 6], [7, INK, 3]] : [[8, PAPER, 5], [8, INK, 2.4]];
  for (const [out, colour, width] of rings) {
    context.beginPath();
    context.arc(0, 0, size / 2 + out, 0, 2 * Math.PI);
    context.strokeStyle = colour;
    context.lineWidth = width;
    if (kind === "focused" && colour === INK) context.setLineDash([5, 3]);
    context.stroke();
    context.setLineDash([]);
  }
  const type = points.payload.types[points.get(index, "arenatyp")] ?? points.payload.types.annan;
  drawSymbol(context, type, points.get(index, "status"), points.get(index, "lage"), size);
  context.restore();
}

// ---------------------------------------------------------------------------------------------
// Page parts

function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

function makeButton(label, text, className, onClick) {
  const button = make("button", `sk-button ${className}`, text);
  button.type = "button";
  button.setAttribute("aria-label", label);
  if (text !== label) button.title = label;
  button.addEventListener("click", onClick);
  return button;
}

let count = 0;

function buildFrame(container) {
  count += 1;
  const id = `sk-${count}`;
  const root = make("div", "sk-root");
  const frame = make("div", "sk-frame");
  const canvas = make("div", "sk-map");
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-label", WORDS.map);
  canvas.setAttribute("aria-describedby", `${id}-keys`);
  const keys = make("p", "sk-spoken", WORDS.keys);
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
  return { id, root, frame, canvas, tools, notice, credit, tip, spoken, legend };
}

// ---------------------------------------------------------------------------------------------
// Legend

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
  section.append(make("h4", "", title));
  const list = make("ul");
  for (const [picture, text] of items) {
    const item = make("li");
    item.append(picture, make("span", "", text));
    list.append(item);
  }
  section.append(list);
  if (note) section.append(make("p", "sk-legend-note", note));
  return section;
}

function swatch(colour) {
  const element = make("span", colour ? "sk-swatch" : "sk-swatch sk-hatched");
  if (colour) element.style.backgroundColor = colour;
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

function fillLegend(body, points, state) {
  const { types, statuses, positions } = points.payload;
  const seen = (name) => new Set(state.visible.map((index) => points.get(index, name)));
  const size = 16 * Math.min(state.scale, 1.25);
  const [seenTypes, seenStatuses, seenPositions] = ["arenatyp", "status", "lage"].map(seen);
  const sections = [];
  const plain = Object.entries(types).filter(([code]) => seenTypes.has(code));
  if (plain.length) {
    sections.push(legendSection(WORDS.types, plain.map(([code, type]) => [symbolPicture(state.pictures, `type ${code}`, type, "aktiv", "exakt", size), type.label])));
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
  const items = shading.classes.map((step) => [swatch(dark ? step.colourDark : step.colour), step.label]);
  if (shading.missing) items.push([swatch(null), shading.missing]);
  return legendSection(shading.title, items, shading.source);
}

// ---------------------------------------------------------------------------------------------
// The map

/**
 * Draw the map in a container.
 *
 * @param {HTMLElement} container  an empty element; its width is used, the height is the view's
 * @param {object} L  Leaflet 1.9
 * @param {object} options
 * @param {object} options.points  what `mapping.maps.arena_features` returns
 * @param {object} options.boundaries  what `mapping.maps.municipality_features` returns
 * @param {(id: string) => void} [options.onArena]
 * @param {(code: string) => void} [options.onKommun]
 * @param {{center: [number, number], zoom: number}} [options.place]  where to start, else the whole county
 * @returns {{update: (view: object) => void, destroy: () => void, place: () => object}}
 */
export function createMap(container, L, options) {
  const still = globalThis.matchMedia?.("(prefers-reduced-motion: reduce)").matches ?? false;
  const parts = buildFrame(container);
  const points = readPoints(options.points);
  const municipalities = readMunicipalities(options.boundaries);
  const state = {
    visible: [],
    selected: { arena: null, kommun: null },
    highlighted: [],
    focused: null,
    shading: null,
    dark: false,
    scale: 1,
    markScale: 1,
    layout: null,
    sprites: new Map(),
    pictures: new Map(),
    areaOf: points.ids.map((_, index) => municipalities.find((one) => isInside(one, points.x[index], points.y[index]))),
    labels: { key: "", spots: new Map() },
    labelsDrawn: "",
    names: (zoom) => [...labelsAt(zoom).values()],
    painted: 0,
    started: false,
  };
  const map = L.map(parts.canvas, {
    attributionControl: false,
    zoomControl: false,
    boxZoom: true,
    zoomSnap: 0.1,
    maxZoom: MAX_ZOOM,
    minZoom: 5,
    zoomAnimation: !still,
    fadeAnimation: !still,
    markerZoomAnimation: false,
    inertia: !still,
    scrollWheelZoom: false,
    wheelPxPerZoomLevel: 100,
    maxBoundsViscosity: 0.8,
  });
  addPane("boundaries", 350);
  addPane("arenas", 420);
  addPane("labels", 430);
  const outlines = L.geoJSON(options.boundaries, {
    interactive: false,
    pane: "boundaries",
    renderer: L.svg({ pane: "boundaries", padding: 0.3 }),
    style: { className: "sk-kommun", weight: 1.2, fill: true },
  });
  const county = outlines.getBounds();
  const arenaLayer = makeArenaLayer(L, points, state);
  const labelElements = new Map(municipalities.map((one) => [one.code, make("div", "sk-label", one.name)]));
  map.getPane("labels").append(...labelElements.values());
  addButtons();
  listen();
  const resize = new ResizeObserver(onResize);
  let tiles = null;
  let tileKey = "";
  let legendKey = "";
  let wide = null;

  parts.canvas.arenaPixel = (id) => {
    const i = state.visible.indexOf(points.indexOf.get(id) ?? -1);
    return i < 0 ? null : pixelOf(i);
  };

  return { update, destroy, place: () => ({ center: [map.getCenter().lat, map.getCenter().lng], zoom: map.getZoom() }) };

  function addPane(name, order) {
    const pane = map.createPane(name);
    pane.style.zIndex = order;
    pane.style.pointerEvents = "none";
  }

  /**
   * Show another choice; pan and zoom stay.
   *
   * @param {object} view
   * @param {string|string[]|null} view.visible  bits of the rows (base64), ids, or null for all
   * @param {{arena: ?string, kommun: ?string}} [view.selected]
   * @param {string[]} [view.highlighted]  kommunkoder that the choice names; the others step back
   * @param {object} [view.shading]  what `mapping.maps.Shading.as_dict` returns
   * @param {{url: string, attribution: string}} [view.tiles]
   * @param {boolean} [view.presentation]  larger type
   * @param {number} [view.height]  pixels
   * @param {"lan"|"urval"} [view.start]  what the first picture shows
   */
  function update(view) {
    const before = state.selected.arena;
    state.visible = readVisible(view.visible, points);
    state.selected = { arena: view.selected?.arena ?? null, kommun: view.selected?.kommun ?? null };
    state.highlighted = view.highlighted ?? [];
    state.shading = view.shading ?? null;
    state.scale = view.presentation ? 1.35 : 1;
    state.markScale = view.presentation ? 1.15 : 1;
    parts.root.classList.toggle("sk-presentation", Boolean(view.presentation));
    parts.root.style.setProperty("--sk-height", `${view.height ?? 720}px`);
    state.dark = isDark(parts.root);
    parts.root.classList.toggle("sk-dark", state.dark);
    if (!state.visible.some((index) => points.ids[index] === state.focused)) state.focused = null;
    if (!state.started) start(view);
    updateTiles(view.tiles);
    styleMunicipalities();
    if (state.selected.arena && state.selected.arena !== before) reveal(state.selected.arena);
    repaint();
    updateLegend();
    parts.notice.hidden = state.visible.length > 0;
    parts.tools.querySelector(".sk-fit").disabled = state.visible.length === 0;
  }

  function start(view) {
    state.started = true;
    setWide();
    map.setMaxBounds(county.pad(0.6));
    if (options.place) map.setView(options.place.center, options.place.zoom, { animate: false });
    else if (view.start === "urval" && state.visible.length) fit(selectionBounds(), false);
    else fit(county, false);
    outlines.addTo(map);
    addHatch();
    map.addLayer(arenaLayer);
    map.on("zoomend viewreset", drawLabels);
    resize.observe(parts.root);
  }

  function repaint() {
    arenaLayer.paint();
    drawLabels();
    state.painted += 1;
    parts.canvas.dataset.visible = String(state.visible.length);
    parts.canvas.dataset.painted = String(state.painted);
  }

  // -- municipalities

  function addHatch() {
    const svg = map.getPane("boundaries").querySelector("svg");
    const name = (tag, attributes) => {
      const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
      Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
      return element;
    };
    const pattern = name("pattern", {
      id: `${parts.id}-hatch`,
      width: 7,
      height: 7,
      patternUnits: "userSpaceOnUse",
      patternTransform: "rotate(45)",
    });
    pattern.append(
      name("rect", { width: 7, height: 7, class: "sk-hatch-ground" }),
      name("rect", { width: 2, height: 7, class: "sk-hatch-line" }),
    );
    const definitions = name("defs", {});
    definitions.append(pattern);
    svg.prepend(definitions);
  }

  function styleMunicipalities() {
    const named = new Set(state.highlighted);
    outlines.eachLayer((layer) => {
      const code = layer.feature.properties.kommunkod;
      const element = layer.getElement();
      const step = state.shading?.step[code];
      const shade = state.shading && step !== null && step !== undefined ? state.shading.classes[step] : null;
      const missing = Boolean(state.shading) && !shade;
      const colour = shade && (state.dark ? shade.colourDark : shade.colour);
      element.style.fill = missing ? `url(#${parts.id}-hatch)` : colour || "";
      element.style.fillOpacity = tiles ? (state.shading ? "0.6" : "0") : "";
      element.dataset.kommunkod = code;
      element.classList.toggle("sk-missing", missing);
      element.classList.toggle("sk-shaded", Boolean(shade));
      element.classList.toggle("sk-chosen", code === state.selected.kommun);
      element.classList.toggle("sk-named", named.has(code));
      element.classList.toggle("sk-back", named.size > 0 && !named.has(code));
      if (code === state.selected.kommun || named.has(code)) layer.bringToFront();
    });
  }

  /** Where the names stand at a zoom, in pixels of the whole world; kept until zoom or type size changes. */
  function labelsAt(zoom) {
    const key = `${zoom}|${state.scale}`;
    if (state.labels.key === key) return state.labels.spots;
    const scale = 256 * 2 ** zoom;
    const fontSize = labelSize();
    const measure = measurer(`600 ${fontSize}px ${getComputedStyle(parts.root).fontFamily}`);
    const widths = new Map(municipalities.map((one) => [one.code, measure(one.name) + 4]));
    const homes = makeNearby(points.x.map((x) => x * scale), points.y.map((y) => y * scale), 12);
    state.labels = { key, spots: placeLabels(municipalities, widths, fontSize * 1.2, scale, homes) };
    return state.labels.spots;
  }

  function labelSize() {
    return 13 * state.scale;
  }

  function drawLabels() {
    const spots = labelsAt(map.getZoom());
    const origin = map.getPixelOrigin();
    const drawn = `${state.labels.key}|${origin.x}|${origin.y}`;
    if (state.labelsDrawn === drawn) return;
    state.labelsDrawn = drawn;
    labelElements.forEach((element, code) => {
      const spot = spots.get(code);
      element.hidden = !spot;
      if (!spot) return;
      element.style.fontSize = `${labelSize()}px`;
      element.style.transform = `translate(${spot.x - origin.x}px, ${spot.y - origin.y}px) translate(-50%, -50%)`;
    });
  }

  function municipalityAt(latlng) {
    const [x, y] = mercator(latlng.lat, latlng.lng);
    return municipalities.find((one) => isInside(one, x, y)) ?? null;
  }

  // -- tiles

  function updateTiles(wanted) {
    const key = wanted?.url ?? "";
    if (key === tileKey) return;
    tileKey = key;
    if (tiles) map.removeLayer(tiles);
    tiles = key ? L.tileLayer(key, { maxZoom: MAX_ZOOM }).addTo(map) : null;
    parts.credit.textContent = [WORDS.boundaries, wanted?.attribution].filter(Boolean).join(" · ");
  }

  // -- moving

  function fit(bounds, animate = !still) {
    // the buttons stand above a narrow map's content, beside a wide one's
    const top = parts.canvas.clientWidth < 560 ? 56 : 16;
    map.fitBounds(bounds, { paddingTopLeft: [16, top], paddingBottomRight: [16, 20], maxZoom: FIT_ZOOM, animate });
  }

  function selectionBounds() {
    const bounds = L.latLngBounds([]);
    state.visible.forEach((index) => bounds.extend([points.get(index, "lat"), points.get(index, "lon")]));
    return bounds;
  }

  function pixelOf(i) {
    const layout = currentLayout(map, points, state);
    const point = map.layerPointToContainerPoint(L.point(layout.x[i], layout.y[i]).subtract(map.getPixelOrigin()));
    return { x: point.x, y: point.y };
  }

  function reveal(id) {
    const i = state.visible.indexOf(points.indexOf.get(id) ?? -1);
    if (i < 0) return;
    const { x, y } = pixelOf(i);
    const size = map.getSize();
    if (x > 30 && y > 50 && x < size.x - 30 && y < size.y - 30) return;
    const index = state.visible[i];
    map.panTo([points.get(index, "lat"), points.get(index, "lon")], { animate: !still });
  }

  // -- pointing

  function hitAt(containerPoint) {
    const layout = currentLayout(map, points, state);
    const at = map.containerPointToLayerPoint(containerPoint).add(map.getPixelOrigin());
    return layout.nearby.nearest(at.x, at.y, layout.size / 2 + 4);
  }

  function onMove(event) {
    const i = hitAt(event.containerPoint);
    const kommun = i < 0 ? municipalityAt(event.latlng) : null;
    parts.canvas.classList.toggle("sk-pointing", i >= 0 || kommun !== null);
    hoverMunicipality(kommun?.code ?? null);
    if (i >= 0) showTip(tooltipLines(points, state.visible[i]), pixelOf(i));
    else if (kommun) showTip([kommun.name, state.shading?.text[kommun.code] ?? ""], event.containerPoint);
    else hideTip();
  }

  function hoverMunicipality(code) {
    outlines.eachLayer((layer) => {
      layer.getElement()?.classList.toggle("sk-hover", layer.feature.properties.kommunkod === code);
    });
  }

  function onClick(event) {
    const i = hitAt(event.containerPoint);
    if (i >= 0) return open(points.ids[state.visible[i]]);
    const kommun = municipalityAt(event.latlng);
    if (kommun) options.onKommun?.(kommun.code);
  }

  function open(id) {
    state.focused = id;
    options.onArena?.(id);
  }

  function showTip(lines, at) {
    const shown = lines.filter(Boolean);
    parts.tip.replaceChildren(...shown.map((line, i) => make(i === 0 ? "strong" : "span", "", line)));
    parts.tip.hidden = false;
    const width = parts.tip.offsetWidth;
    const height = parts.tip.offsetHeight;
    const room = map.getSize();
    const left = Math.min(Math.max(8, at.x - width / 2), Math.max(8, room.x - width - 8));
    const above = at.y - height - 18;
    parts.tip.style.transform = `translate(${left}px, ${above > 4 ? above : at.y + 20}px)`;
  }

  function hideTip() {
    parts.tip.hidden = true;
  }

  // -- keyboard

  function onKey(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const step = { PageDown: 1, n: 1, PageUp: -1, p: -1 }[event.key];
    if (step) stepFocus(step);
    else if (event.key === "Enter" && state.focused !== null) options.onArena?.(state.focused);
    else if (event.key === "Escape" && state.focused !== null) clearFocus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function stepFocus(step) {
    if (!state.visible.length) return;
    const now = state.visible.findIndex((index) => points.ids[index] === state.focused);
    const start = now < 0 && step < 0 ? 0 : now;
    const next = (start + step + state.visible.length) % state.visible.length;
    const index = state.visible[next];
    state.focused = points.ids[index];
    reveal(state.focused);
    arenaLayer.paint();
    const lines = tooltipLines(points, index);
    showTip(lines, pixelOf(next));
    parts.spoken.textContent = `${lines.join(". ")}. ${next + 1} av ${state.visible.length}. Tryck Enter för att öppna.`;
  }

  function clearFocus() {
    state.focused = null;
    parts.spoken.textContent = "";
    hideTip();
    arenaLayer.paint();
  }

  // -- frame

  function addButtons() {
    const quick = { animate: !still };
    const zooms = make("div", "sk-zooms");
    zooms.append(
      makeButton(WORDS.zoomIn, "+", "sk-square", () => map.zoomIn(1, quick)),
      makeButton(WORDS.zoomOut, "−", "sk-square", () => map.zoomOut(1, quick)),
    );
    parts.tools.append(
      makeButton(WORDS.fitSelection, WORDS.fitSelection, "sk-fit", () => state.visible.length && fit(selectionBounds())),
      makeButton(WORDS.fitCounty, WORDS.fitCounty, "sk-county", () => fit(county)),
      zooms,
    );
  }

  function listen() {
    map.on("mousemove", onMove);
    map.on("mouseout movestart zoomstart", () => {
      hideTip();
      hoverMunicipality(null);
    });
    map.on("click", onClick);
    parts.canvas.addEventListener("keydown", onKey);
    // the wheel scrolls the page until somebody has chosen the map
    parts.canvas.addEventListener("focus", () => map.scrollWheelZoom.enable());
    parts.canvas.addEventListener("blur", () => {
      map.scrollWheelZoom.disable();
      if (state.focused !== null) clearFocus();
    });
  }

  function onResize() {
    setWide();
    map.invalidateSize({ animate: false });
  }

  function setWide() {
    const now = parts.root.clientWidth >= WIDE_PX;
    parts.root.classList.toggle("sk-wide", now);
    if (now !== wide) parts.legend.open = now;
    wide = now;
  }

  function updateLegend() {
    const seen = ["arenatyp", "status", "lage"].map((name) => [...new Set(state.visible.map((index) => points.get(index, name)))].sort());
    const key = JSON.stringify([seen, state.shading, state.dark, state.scale, state.visible.length > 1]);
    if (key === legendKey) return;
    legendKey = key;
    fillLegend(parts.legend.querySelector(".sk-legend-body"), points, state);
  }

  function destroy() {
    resize.disconnect();
    map.remove();
    parts.root.remove();
  }
}

const measurers = new Map();

function measurer(font) {
  if (!measurers.has(font)) {
    const context = document.createElement("canvas").getContext("2d");
    context.font = font;
    measurers.set(font, (text) => context.measureText(text).width);
  }
  return measurers.get(font);
}

const darkness = new Map();

/** Whether the page's background is dark, whatever notation its theme uses. */
function isDark(element) {
  const colour = getComputedStyle(element).getPropertyValue("--sk-page").trim() || PAPER;
  if (!darkness.has(colour)) darkness.set(colour, isDarkColour(colour));
  return darkness.get(colour);
}

function isDarkColour(colour) {
  const context = document.createElement("canvas").getContext("2d");
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
}

// ---------------------------------------------------------------------------------------------
// Streamlit

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
const places = new Map();

function mount(parentElement) {
  const holder = make("div", "sk-holder");
  const waiting = make("p", "sk-waiting", WORDS.loading);
  holder.append(waiting);
  parentElement.append(holder);
  return { holder, waiting, map: null, source: "", latest: null, gone: false };
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
    instance.waiting.textContent = WORDS.failed;
  }
}

function draw(instance, L, points, boundaries) {
  const key = instance.latest.data.mapKey ?? "";
  const place = instance.map?.place() ?? places.get(key);
  instance.map?.destroy();
  instance.waiting.hidden = true;
  instance.map = createMap(instance.holder, L, {
    points,
    boundaries,
    place,
    onArena: (id) => instance.latest.setTriggerValue("arena", id),
    onKommun: (code) => instance.latest.setTriggerValue("kommun", code),
  });
  instance.map.update(instance.latest.data);
}

/** What Streamlit calls at every change of data or theme. */
export default function (component) {
  const { data, parentElement } = component;
  if (!mounted.has(parentElement)) mounted.set(parentElement, mount(parentElement));
  const instance = mounted.get(parentElement);
  instance.latest = component;
  const source = instance.source;
  show(instance, data);
  if (instance.map && source === instance.source) instance.map.update(data);
  return () => {
    instance.gone = true;
    if (instance.map) places.set(data.mapKey ?? "", instance.map.place());
    instance.map?.destroy();
    instance.holder.remove();
    mounted.delete(parentElement);
  };
}
