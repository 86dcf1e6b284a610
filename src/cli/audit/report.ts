import { styleText } from "node:util";
import { isChild } from "../../kinds";
import { printable } from "../../printable";
import { definitions } from "../../provider/kinds";
import { counted, countedByKind } from "../shared/counts";
import { nameIn } from "../shared/stack-export";
import type { Comparison } from "./compare";
import { type Finding, topicOf } from "./findings";
import { wrap, writeTable } from "./table";

const colours = { problem: "red", notice: "yellow" } as const;

export interface ReportView {
  /** Width of the terminal in columns. */
  width: number;
  /** Milliseconds since the epoch, to calculate ages. */
  now: number;
}

/** The report for people: a table for each group of findings, and what was compared. */
export function writeReport(
  { findings, compared }: Comparison,
  stacks: readonly string[],
  view: ReportView,
): string {
  const account = countedByKind((kind) => compared[`${kind}s`]);
  const names = stacks.map((name) => printable(name)).join(", ");
  const problems = findings.filter(({ severity }) => severity === "problem").length;
  const notices = findings.length - problems;
  const result = [
    problems === 0 ? "No problem" : counted(problems, "problem"),
    ...(notices === 0 ? [] : [counted(notices, "notice")]),
  ];
  return [
    ...grouped(findings).map((group) => paragraph(group, view)),
    `${result.join(", ")}: ${account} compared with ${counted(compared.resources, "resource")} of ${names}.`,
  ].join("\n\n");
}

function grouped(findings: readonly Finding[]): [Finding, ...Finding[]][] {
  const groups = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const name = `${finding.severity} ${topicOf(finding).title}`;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [finding]);
    else group.push(finding);
  }
  return [...groups.values()];
}

/** The findings of one group, by app. */
function paragraph(group: [Finding, ...Finding[]], view: ReportView): string {
  const [{ severity, fix }] = group;
  const appOf = ({ app, object }: Finding) => (isChild(object) ? app?.id : undefined);
  const tables = [...new Set(group.map(appOf))].map((appId) => {
    const some = group.filter((finding) => appOf(finding) === appId);
    const name = some.find(({ app }) => app?.name)?.app?.name;
    const title = appId === undefined ? [] : [`  app ${appId}${name ? ` (${printable(name)})` : ""}`];
    return [
      ...title,
      ...writeTable(
        some.map((finding) => cellsOf(finding, view.now)),
        view.width,
      ),
    ];
  });
  return [
    `${styleText(colours[severity], severity)}  ${topicOf(group[0]).title}: ${group.length}`,
    ...tables.flat(),
    ...wrap(fix, view.width - 2).map((line) => `  ${line}`),
  ].join("\n");
}

/** The column of variable length comes last. */
function cellsOf(finding: Finding, now: number): string[] {
  return [
    definitions[finding.object].label,
    finding.id ?? "-",
    ageOf(finding.createdAt, now),
    detailsOf(finding),
  ];
}

function ageOf(createdAt: string | null, now: number): string {
  if (createdAt === null) return "-";
  const hours = Math.max(0, Math.floor((now - Date.parse(createdAt)) / 3_600_000));
  if (hours < 48) return `${hours} h`;
  const days = Math.floor(hours / 24);
  return days < 1000 ? `${days} d` : `${Math.floor(days / 365)} y`;
}

function detailsOf(finding: Finding): string {
  const { kind, object, app, name, target, triggers = [], resources } = finding;
  const held = resources
    .map(({ stack, urn }) => `${printable(stack)}: ${printable(nameIn(urn) || urn)}`)
    .join(", ");
  const called = [name, target].flatMap((text) => (text === null ? [] : [printable(text)])).join(", ");
  // Distinguishes webhooks on the same host without their paths, which may be secret.
  const events = triggers.length > 0 ? ` for ${triggers.map((one) => printable(one)).join(", ")}` : "";
  const inApp = called + events;
  switch (kind) {
    case "unowned":
      return held === "" ? inApp : `${inApp}; perhaps made by the create of ${held}`;
    case "leftBehind":
      return held === "" ? inApp : held;
    case "drift":
      return `${held}: ${finding.properties?.join(", ")}`;
    case "unread":
      return `${held === "" ? "" : `${held}: `}${printable(finding.reason ?? "", 400)}`;
    case "nearLimit": {
      const { holder, count, limit } = finding;
      const held = holder === undefined ? [] : [`${definitions[holder.object].label} ${holder.id}`];
      const place = [...(app === null ? [] : [printable(app.name ?? "")]), ...held].join(", ");
      return `${place}: ${count} of ${limit} ${definitions[object].label}s`;
    }
    default:
      return held;
  }
}
