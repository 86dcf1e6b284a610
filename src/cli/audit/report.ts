import { styleText } from "node:util";
import { printable } from "../../printable";
import { nameIn } from "../stack-export";
import type { Comparison } from "./compare";
import { type Finding, topicOf } from "./findings";

const colours = { problem: "red", notice: "yellow" } as const;

/** For people: a paragraph for each sort of finding, and what was compared. */
export function writeReport({ findings, compared }: Comparison, stacks: readonly string[]): string {
  const { apps, keys, webhooks, integrations, resources } = compared;
  const account = `${counted(apps, "app")}, ${counted(keys, "key")}, ${counted(webhooks, "webhook")} and ${counted(integrations, "integration")}`;
  const names = stacks.map((name) => printable(name)).join(", ");
  const problems = findings.filter(({ severity }) => severity === "problem").length;
  const notices = findings.length - problems;
  const result = [
    problems === 0 ? "No problem" : counted(problems, "problem"),
    ...(notices === 0 ? [] : [counted(notices, "notice")]),
  ];
  return [
    ...grouped(findings).map(paragraph),
    `${result.join(", ")}: ${account} compared with ${counted(resources, "resource")} of ${names}.`,
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

/** What is of any length comes last, so that the rest stands in columns whatever alphabet a name is written in. */
function paragraph(group: [Finding, ...Finding[]]): string {
  const [{ severity, fix }] = group;
  const rows = group.map((finding) => [
    finding.object,
    finding.id ?? "-",
    finding.createdAt ?? "-",
    finding.app === null || finding.object === "app" ? "-" : `app ${finding.app.id}`,
    detailsOf(finding),
  ]);
  const columns = [0, 1, 2, 3].filter((column) => rows.some((row) => row[column] !== "-"));
  const widths = columns.map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return [
    `${styleText(colours[severity], severity)}  ${topicOf(group[0]).title}: ${group.length}`,
    ...rows.map((row) => {
      const cells = columns.map((column, index) => row[column]?.padEnd(widths[index] ?? 0));
      return `  ${[...cells, row[4]].join("  ")}`.trimEnd();
    }),
    `  ${fix}`,
  ].join("\n");
}

function detailsOf(finding: Finding): string {
  const { kind, object, app, name, target, resources } = finding;
  const held = resources.map(({ stack, urn }) => `${printable(stack)}: ${printable(nameIn(urn))}`).join(", ");
  const called = [name, target].flatMap((text) => (text === null ? [] : [printable(text)])).join(", ");
  const inApp = object === "app" || app?.name == null ? called : `${called} (${printable(app.name)})`;
  switch (kind) {
    case "unowned":
      return held === "" ? inApp : `${inApp}; perhaps made by the create of ${held}`;
    case "leftBehind":
      return held === "" ? inApp : held;
    case "drift":
      return `${held}: ${finding.properties?.join(", ")}`;
    case "unread":
      return `${held === "" ? "" : `${held}: `}${printable(finding.reason ?? "", 400)}`;
    case "nearLimit":
      return `${printable(app?.name ?? "")}: ${finding.count} of ${finding.limit} ${object}s`;
    default:
      return held;
  }
}

export function counted(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
