// The chart: a panel for each of the figures that matter most, a bar for each contender.

import { OURS } from "./contenders.mjs";
import { short } from "./report.mjs";

/** @typedef {import("./types.ts").Figure} Figure */
/** @typedef {{ id: string, title: string, better: "lower" | "higher" }} Panel */

/** @type {Panel[]} */
const PANELS = [
  { id: "cpu", title: "CPU of a call, fetch stubbed", better: "lower" },
  { id: "loopback", title: "A call over loopback", better: "lower" },
  { id: "crowd", title: "64 under way, deletions a second", better: "higher" },
  { id: "start", title: "Import to first deletion, Node", better: "lower" },
  { id: "page", title: "Import to first deletion, Chromium", better: "lower" },
  { id: "esbuild-brotli", title: "Download, esbuild and brotli, KB", better: "lower" },
];

const WIDTH = 440;
const ROW = 22;
const TOP = 52;
const BAR_LEFT = 190;
const BAR_WIDTH = WIDTH - BAR_LEFT - 60;

/** @param {string} text */
const escapeXml = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** @param {import("./types.ts").Row} row */
const shown = ({ ratio, ...plain }) => ratio ?? plain;

/**
 * @param {import("./types.ts").Row} row
 * @param {number} index
 * @param {number} scale
 */
function bar(row, index, scale) {
  const { median, low, high } = shown(row);
  const y = TOP + index * ROW;
  const middle = y + 8;
  const x = (/** @type {number} */ value) => (BAR_LEFT + value * scale).toFixed(1);
  const colour = row.title.startsWith(OURS) ? "#d9622b" : "#8a94a6";
  const unit = row.ratio ? "×" : "";
  return `<text x="${BAR_LEFT - 8}" y="${y + 12}" text-anchor="end">${escapeXml(row.title)}</text>
<rect x="${BAR_LEFT}" y="${y}" width="${(median * scale).toFixed(1)}" height="16" fill="${colour}"/>
<path d="M${x(low)} ${middle}H${x(high)}" stroke="#1f2733"/>
<text x="${WIDTH - 6}" y="${y + 12}" text-anchor="end">${short(median)}${unit}</text>`;
}

/**
 * @param {Panel} panel
 * @param {Figure} figure
 * @param {number} place
 */
function panel({ title, better }, { rows, against }, place) {
  const scale = BAR_WIDTH / Math.max(...rows.map((row) => shown(row).high));
  const height = TOP + 9 * ROW;
  const left = (place % 2) * WIDTH;
  const top = 44 + Math.floor(place / 2) * height;
  const words = `${against ? `against ${against}, ` : ""}${better} is better`;
  return `<g transform="translate(${left} ${top})">
<text x="12" y="18" class="title">${escapeXml(title)}</text>
<text x="12" y="36" class="note">${words}</text>
${rows.map((row, index) => bar(row, index, scale)).join("\n")}
</g>`;
}

/**
 * @param {Figure[]} figures
 * @param {import("./types.ts").Circumstances} circumstances
 */
export function chart(figures, { date, machine }) {
  const panels = PANELS.flatMap((wanted) => {
    const figure = figures.find(({ id }) => id === wanted.id);
    return figure ? [{ wanted, figure }] : [];
  });
  const height = 56 + Math.ceil(panels.length / 2) * (TOP + 9 * ROW);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${2 * WIDTH} ${height}" role="img"
 font-family="system-ui, sans-serif" font-size="12" fill="#1f2733">
<title>codecatalyst-pat beside its peers</title>
<style>.title { font-weight: 600; font-size: 14px } .note { fill: #5c6675 }</style>
<rect width="100%" height="100%" fill="#ffffff"/>
<text x="12" y="26" font-size="16" font-weight="600">codecatalyst-pat beside its peers</text>
<text x="${2 * WIDTH - 12}" y="26" text-anchor="end" class="note">${date}, ${machine}</text>
${panels.map(({ wanted, figure }, place) => panel(wanted, figure, place)).join("\n")}
</svg>
`;
}
