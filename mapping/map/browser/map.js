/**
 * Draw the arenas and municipalities with Leaflet, in the app and in the map saved as one file.
 *
 * `createMap(container, L, options)` knows nothing of Streamlit; the default export at the end is
 * the thin adapter that is. Every text from the data is written with `textContent` or on a canvas,
 * never as HTML.
 */

import { WORDS, wordsFor } from "./words.js";
import { makeNearby } from "./spread.js";
import { mercator, readPoints, readVisible, tooltipLines } from "./points.js";
import { isInside, placeLabels, readMunicipalities } from "./municipalities.js";
import { currentLayout, makeArenaLayer } from "./arena_layer.js";
import { buildFrame, isDark, make, makeButton, makeLabel, makeSvg, measurer } from "./page_parts.js";
import { DOT_PITCH_PX, fillLegend } from "./legend.js";

const WIDE_PX = 600;
const MAX_ZOOM = 17;
const FIT_ZOOM = 13;

/**
 * Draw the map in a container.
 *
 * @param {HTMLElement} container  an empty element; its width is used, the height is the view's
 * @param {object} L  Leaflet 1.9
 * @param {object} options
 * @param {object} options.points  what `mapping.map.points.arena_features` returns
 * @param {object} options.boundaries  what `mapping.map.points.municipality_features` returns
 * @param {(id: string, how?: {byKeyboard: boolean}) => void} [options.onArena]
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
    hits: new Map(),
    marks: {},
    selected: { arena: null, kommun: null },
    highlighted: [],
    arenas: true,
    focused: null,
    shading: null,
    dark: false,
    scale: 1,
    markScale: 1,
    layout: null,
    areaOf: points.ids.map((_, index) => municipalities.find((one) => isInside(one, points.x[index], points.y[index]))),
    labels: { key: "", spots: new Map() },
    names: (zoom) => [...labelsAt(zoom).values()],
    painted: 0,
    started: false,
  };
  // Leaflet takes the keyboard at each press of the mouse, which scrolls a map that reaches below the window: the
  // click then lands on another municipality
  const focus = parts.canvas.focus;
  parts.canvas.focus = (options) => focus.call(parts.canvas, { preventScroll: true, ...options });
  const map = L.map(parts.canvas, {
    attributionControl: false,
    zoomControl: false,
    zoomSnap: 0.1,
    maxZoom: MAX_ZOOM,
    minZoom: 5,
    zoomAnimation: !still,
    fadeAnimation: !still,
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
    style: { className: "sk-kommun", weight: 1.2 },
  });
  const county = outlines.getBounds();
  const arenaLayer = makeArenaLayer(L, points, state);
  const labelElements = new Map(municipalities.map((one) => [one.code, makeLabel(one.name)]));
  map.getPane("labels").append(...labelElements.values());
  addButtons();
  listen();
  const resize = new ResizeObserver(() => {
    setWide();
    map.invalidateSize({ animate: false });
  });
  let tiles = null;
  let tileKey = "";
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
   * @param {object} [view.hits]  what `mapping.map.symbols.hit_marks` returns
   * @param {{arena: ?string, kommun: ?string}} [view.selected]
   * @param {string[]} [view.highlighted]  kommunkoder that the choice names; the others step back
   * @param {object} [view.shading]  what `mapping.map.shading.Shading.as_dict` returns
   * @param {boolean} [view.arenas]  false: the map is about the municipalities, and says so
   * @param {{url: string, attribution: string}} [view.tiles]
   * @param {boolean} [view.presentation]  larger type
   * @param {number} [view.height]  pixels
   * @param {"lan"|"urval"|"kommun"} [view.start]  what the first picture shows; "kommun": those highlighted
   */
  function update(view) {
    const before = state.selected.arena;
    state.visible = readVisible(view.visible, points);
    state.marks = view.hits ?? {};
    state.hits = new Map(
      Object.entries(state.marks).flatMap(([hit, { rows }]) => readVisible(rows, points).map((index) => [index, hit])),
    );
    state.selected = { arena: view.selected?.arena ?? null, kommun: view.selected?.kommun ?? null };
    state.highlighted = view.highlighted ?? [];
    state.shading = view.shading ?? null;
    state.arenas = view.arenas !== false;
    parts.canvas.setAttribute("aria-label", wordsFor(view).map);
    parts.keys.textContent = wordsFor(view).keys;
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
    fillLegend(parts.legend.querySelector(".sk-legend-body"), points, state);
    parts.notice.hidden = state.visible.length > 0 || !state.arenas;
    parts.tools.querySelector(".sk-fit").disabled = state.visible.length === 0;
    parts.tools.querySelector(".sk-fit").hidden = !state.arenas;
  }

  function start(view) {
    state.started = true;
    setWide();
    map.setMaxBounds(county.pad(0.6));
    if (options.place) map.setView(options.place.center, options.place.zoom, { animate: false });
    else if (view.start === "urval" && state.visible.length) fit(selectionBounds(), false);
    else if (view.start === "kommun" && state.highlighted.length) fit(highlightedBounds(), false);
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
    map.getPane("boundaries").querySelector("svg").prepend(makeSvg("defs", {}));
    addPattern({ id: `${parts.id}-hatch`, patternTransform: "rotate(45)" }, 7, [
      makeSvg("rect", { width: 7, height: 7, class: "sk-hatch-ground" }),
      makeSvg("rect", { width: 2, height: 7, class: "sk-hatch-line" }),
    ]);
  }

  function addPattern(attributes, side, shapes) {
    const pattern = makeSvg("pattern", { ...attributes, width: side, height: side, patternUnits: "userSpaceOnUse" });
    pattern.append(...shapes);
    map.getPane("boundaries").querySelector("defs").append(pattern);
  }

  /** Fills with dots, for the steps that have a second sign beside their colour. */
  function updateDots() {
    map.getPane("boundaries").querySelectorAll(".sk-dots").forEach((pattern) => pattern.remove());
    (state.shading?.classes ?? []).forEach((step, index) => {
      const [ground, dots] = state.dark ? [step.colourDark, step.dotsDark] : [step.colour, step.dots];
      if (!dots) return;
      const side = DOT_PITCH_PX * state.scale;
      addPattern({ id: `${parts.id}-dots-${index}`, class: "sk-dots" }, side, [
        makeSvg("rect", { width: side, height: side, fill: ground }),
        makeSvg("circle", { cx: side / 2, cy: side / 2, r: side / 5, fill: dots }),
      ]);
    });
  }

  function styleMunicipalities() {
    const named = new Set(state.highlighted);
    updateDots();
    outlines.eachLayer((layer) => {
      const code = layer.feature.properties.kommunkod;
      const element = layer.getElement();
      const step = state.shading?.step[code];
      const shade = state.shading && step !== null && step !== undefined ? state.shading.classes[step] : null;
      const missing = Boolean(state.shading) && !shade && code in state.shading.step;
      const plain = shade && (state.dark ? shade.colourDark : shade.colour);
      const colour = shade?.dots ? `url(#${parts.id}-dots-${step})` : plain;
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
    const marks = state.shading?.mark ?? {};
    const key = `${zoom}|${state.scale}|${state.arenas}|${Object.values(marks).join("|")}`;
    if (state.labels.key === key) return state.labels.spots;
    const scale = 256 * 2 ** zoom;
    const fontSize = labelSize();
    const family = getComputedStyle(parts.root).fontFamily;
    const [measure, measureMark] = [measurer(`600 ${fontSize}px ${family}`), measurer(`${fontSize}px ${family}`)];
    const width = (one) => Math.max(measure(one.name), measureMark(marks[one.code] ?? "")) + 4;
    const widths = new Map(municipalities.map((one) => [one.code, width(one)]));
    const [xs, ys] = state.arenas ? [points.x, points.y] : [[], []];
    const homes = makeNearby(xs.map((x) => x * scale), ys.map((y) => y * scale), 12);
    const height = fontSize * 1.2 * (isMarked() ? 2 : 1);
    state.labels = { key, spots: placeLabels(municipalities, widths, height, scale, homes, isMarked()) };
    return state.labels.spots;
  }

  /** Whether words stand under the names. */
  function isMarked() {
    return Object.values(state.shading?.mark ?? {}).some(Boolean);
  }

  function labelSize() {
    // two lines must fit where else one does: they grow less than the rest of the page
    return 13 * (isMarked() ? Math.min(state.scale, 1.15) : state.scale);
  }

  function drawLabels() {
    const spots = labelsAt(map.getZoom());
    const origin = map.getPixelOrigin();
    labelElements.forEach((element, code) => {
      const spot = spots.get(code);
      element.hidden = !spot;
      if (!spot) return;
      element.lastChild.textContent = state.shading?.mark?.[code] ?? "";
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
    return L.latLngBounds(state.visible.map((index) => [points.get(index, "lat"), points.get(index, "lon")]));
  }

  function highlightedBounds() {
    const named = outlines.getLayers().filter((layer) => state.highlighted.includes(layer.feature.properties.kommunkod));
    return named.length ? L.featureGroup(named).getBounds() : county;
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
    parts.canvas.classList.toggle("sk-pointing", i >= 0 || (kommun !== null && Boolean(options.onKommun)));
    hoverMunicipality(kommun?.code ?? null);
    if (i >= 0) showTip(tooltipLines(points, state, state.visible[i]), pixelOf(i));
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
    if (i < 0) {
      const kommun = municipalityAt(event.latlng);
      if (kommun) options.onKommun?.(kommun.code);
      return;
    }
    state.focused = points.ids[state.visible[i]];
    options.onArena?.(state.focused);
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
    else if (event.key === "Enter" && state.focused !== null) options.onArena?.(state.focused, { byKeyboard: true });
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
    const lines = tooltipLines(points, state, index);
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

  function setWide() {
    const now = parts.root.clientWidth >= WIDE_PX;
    parts.root.classList.toggle("sk-wide", now);
    if (now !== wide) parts.legend.open = now;
    wide = now;
  }

  function destroy() {
    resize.disconnect();
    map.remove();
    parts.root.remove();
  }
}
