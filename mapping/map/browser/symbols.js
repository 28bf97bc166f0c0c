/** Draw the symbol of an arena: shape, letters and colour tell its type, outline its status, ring its position. */

const GREY = "#686e73";
export const PAPER = "#ffffff";
export const INK = "#16242b";
const LETTER_FONT = '"Source Sans", "Source Sans Pro", "Segoe UI", system-ui, sans-serif';

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
  for (const [colour, width] of [[PAPER, 3], [INK, 1.4]]) {
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
