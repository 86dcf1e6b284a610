import { type ContenderName, contenderNames } from "./contenders/index";
import type { Row } from "./sections/comparison";

const [width, height, left, bottom, top, right] = [720, 360, 60, 50, 20, 150];
const plot = { width: width - left - right, height: height - top - bottom };

/** A line chart of the time of `up` by number of webhooks, as SVG that reads in light and dark. */
export function upChart(rows: readonly Row[]): string {
  const ups = rows.filter(({ operation }) => operation === "up");
  const most = Math.max(1, ...ups.map(({ webhooks }) => webhooks));
  const longest = niceCeiling(Math.max(1, ...ups.map(({ milliseconds }) => milliseconds.median / 1000)));
  const x = (webhooks: number) => Math.round(left + (webhooks / most) * plot.width);
  const y = (seconds: number) => Math.round(top + plot.height - (seconds / longest) * plot.height);
  const sizes = [...new Set(ups.map(({ webhooks }) => webhooks))].sort((one, other) => one - other);
  const steps = [0, 1, 2, 3, 4].map((step) => (longest / 4) * step);
  const curves = contenderNames.flatMap((name) => {
    const own = ups.filter(({ contender }) => contender === name);
    const points = own.map(
      ({ webhooks, milliseconds }) => [x(webhooks), y(milliseconds.median / 1000)] as const,
    );
    return points.length === 0 ? [] : [{ name, points }];
  });
  const lines = [...curves.map(toLine), ...labels(curves)];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title">`,
    '  <title id="title">Seconds that the first pulumi up takes, by number of webhooks</title>',
    ...style.map((rule) => `  ${rule}`),
    ...steps.map((step) => `  <path d="M${left} ${y(step)}H${left + plot.width}" class="grid" />`),
    ...steps.map((step) => `  <text x="${left - 8}" y="${y(step) + 5}" class="end">${step} s</text>`),
    ...sizes.map(
      (size) => `  <text x="${x(size)}" y="${height - bottom + 22}" class="middle">${size}</text>`,
    ),
    `  <text x="${left + plot.width / 2}" y="${height - 6}" class="middle">webhooks</text>`,
    ...lines.map((one) => `  ${one}`),
    "</svg>",
    "",
  ].join("\n");
}

interface Curve {
  name: ContenderName;
  points: readonly (readonly [x: number, y: number])[];
}

function toLine({ name, points }: Curve): string {
  return `<polyline points="${points.map((point) => point.join(",")).join(" ")}" class="${name}" />`;
}

const labelHeight = 16;

/** Names beside the ends of the lines, moved up where they would overlap. */
function labels(curves: readonly Curve[]): string[] {
  const ends = curves.map(({ name, points }) => ({ name, end: points.at(-1) ?? [0, 0] }));
  let above = Number.POSITIVE_INFINITY;
  return ends
    .toSorted((one, other) => other.end[1] - one.end[1])
    .map(({ name, end: [endX, endY] }) => {
      above = Math.min(endY + 5, above - labelHeight);
      return `<text x="${endX + 8}" y="${above}">${name}</text>`;
    });
}

const style = [
  "<style>",
  "  text { font: 14px system-ui, sans-serif; fill: #1f2328; }",
  "  .middle { text-anchor: middle; }",
  "  .end { text-anchor: end; }",
  "  .grid { stroke: #d1d9e0; }",
  "  polyline { fill: none; stroke-width: 2.5; }",
  "  .pulumi-smooch { stroke: #0969da; }",
  "  .plugin { stroke: #1a7f37; }",
  "  .tutorial { stroke: #cf222e; }",
  "  .floor { stroke: #59636e; stroke-dasharray: 5 4; }",
  "  @media (prefers-color-scheme: dark) {",
  "    text { fill: #f0f6fc; }",
  "    .grid { stroke: #3d444d; }",
  "    .pulumi-smooch { stroke: #4493f8; }",
  "    .plugin { stroke: #3fb950; }",
  "    .tutorial { stroke: #f85149; }",
  "    .floor { stroke: #9198a1; }",
  "  }",
  "</style>",
];

/** The next number that divides well by four. */
function niceCeiling(value: number): number {
  const unit = 10 ** Math.floor(Math.log10(value));
  return Math.max(4, ([1, 2, 4, 6, 8, 10].find((step) => step * unit >= value) ?? 10) * unit);
}
