/** Read the arenas that `mapping.map.points.arena_features` describes, and which of them are visible. */

/** Rows as columns, with everything that does not change until the next data version. */
export function readPoints(payload) {
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
    sprites: {},
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
    const name = [row[column.arenatyp], row[column.status], row[column.lage]].join("|");
    if (!kinds.has(name)) kinds.set(name, points.kinds.push(name) - 1);
    points.kind[index] = kinds.get(name);
    [points.x[index], points.y[index]] = mercator(lat, lon);
  });
  return points;
}

/** Web Mercator as shares of the world's width: times 256·2^zoom it is Leaflet's pixels. */
export function mercator(lat, lon) {
  const sine = Math.sin((lat * Math.PI) / 180);
  return [lon / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
}

/** Which rows are visible: all, a list of ids, or bits packed as base64. */
export function readVisible(visible, points) {
  const all = Array.from({ length: points.count }, (_, i) => i);
  if (visible === null || visible === undefined) return all;
  if (Array.isArray(visible)) {
    const wanted = new Set(visible);
    return all.filter((index) => wanted.has(points.ids[index]));
  }
  const bytes = atob(visible);
  return all.filter((index) => (bytes.charCodeAt(index >> 3) >> (7 - (index & 7))) & 1);
}

export function tooltipLines(points, state, index) {
  const { types, statuses, positions } = points.payload;
  const type = types[points.get(index, "arenatyp")] ?? points.get(index, "arenatyp");
  const status = statuses[points.get(index, "status")]?.tooltip ?? "";
  return [
    points.get(index, "namn"),
    status ? `${type} · ${status}` : type,
    positions[points.get(index, "lage")]?.tooltip ?? "",
    ...(state.hits.has(index) ? [state.marks[state.hits.get(index)].words] : []),
  ];
}
