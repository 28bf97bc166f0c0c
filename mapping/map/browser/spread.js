/** Move marks apart in pixels, so that each can be seen and clicked. */

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

const MOST_RINGS = 9;
const SLOTS = honeycomb(MOST_RINGS);

/**
 * Move marks apart in pixels so that each can be seen and clicked.
 *
 * Marks alone at an exact place stay there. The few that share a place stand in a ring around it,
 * more of them in a honeycomb; marks of different places that would collide give way, the less
 * exact first, and rather inside their own municipality than out of it. Where there is no room
 * within so many rings (thousands of arenas in a small window) a mark stays near its place, on top of
 * others; zooming in parts them.
 *
 * @param {{x: Float64Array, y: Float64Array, place: Int32Array, firm: Uint8Array}} points
 * @param {number} pitch  least distance between two marks, in pixels
 * @param {{x: number, y: number, width: number, height: number}[]} names  boxes to leave free, by their middle
 * @param {(index: number, x: number, y: number) => boolean} isAtHome  whether a pixel is in the mark's municipality
 * @param {number} rings  how far a mark may move, at most 9 times `pitch`
 * @returns {{x: Float64Array, y: Float64Array}}
 */
export function spreadPoints({ x, y, place, firm }, pitch, names = [], isAtHome = () => true, rings = MOST_RINGS) {
  const slots = 1 + 3 * rings * (rings + 1);
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

export function extent(values) {
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

/** Marks by place, to be asked what is near a pixel. */
export function makeNearby(xs, ys, size) {
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
