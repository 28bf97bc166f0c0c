/** Read the municipalities' boundaries, tell where a point lies, and find room for the names. */

import { extent } from "./spread.js";
import { mercator } from "./points.js";

/** How much of a name's width, to either side of its middle, must lie inside its municipality. */
const LEAN = 0.4;
const FAR_LEAN = 0.12;

export function readMunicipalities(collection) {
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
export function isInside(municipality, x, y) {
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
 * still tells it. With `leaning` it would rather lie half outside than be left out: the name says what the
 * colour means.
 */
export function placeLabels(municipalities, widths, height, scale, homes, leaning = false) {
  const placed = new Map();
  const area = ({ box }) => (box.right - box.left) * (box.bottom - box.top);
  for (const municipality of [...municipalities].sort((a, b) => area(b) - area(a))) {
    const spot = bestSpot(municipality, widths.get(municipality.code));
    if (spot) placed.set(municipality.code, spot);
  }
  return placed;

  function bestSpot(municipality, width) {
    return spotThatFits(municipality, width, LEAN) ?? (leaning ? spotThatFits(municipality, width, FAR_LEAN) : null);
  }

  function spotThatFits(municipality, width, lean) {
    let best = null;
    for (const [mx, my] of candidates(municipality)) {
      const spot = { x: mx * scale, y: my * scale, width, height };
      if (!fits(municipality, mx, my, width * lean)) continue;
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

  function fits(municipality, mx, my, body) {
    // the outermost letters may lean over the border, the body of the name may not
    const reach = body / scale;
    const rise = (height * 0.3) / scale;
    return [-reach, 0, reach].every((dx) => isInside(municipality, mx + dx, my - rise) && isInside(municipality, mx + dx, my + rise));
  }
}

function overlaps(a, b) {
  return Math.abs(a.x - b.x) < (a.width + b.width) / 2 + 4 && Math.abs(a.y - b.y) < (a.height + b.height) / 2 + 2;
}
