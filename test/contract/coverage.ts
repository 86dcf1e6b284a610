import type { Exchange } from "./recorder";

/** One operation of one API version, and what is done with it here. */
export interface Coverage {
  method: string;
  path: string;
  /** As the emulator calls it; undefined when it does not support it. */
  emulator: string | undefined;
  /** Whether the client asks it. */
  client: boolean;
  /** The statuses of success that were answered. */
  answered: number[];
  /** What it was checked against, e.g. the description's name of it; undefined when it was not. */
  checked: string | undefined;
}

interface PlayedRoute {
  operation: string;
  method: string;
  path: string;
}

/** Brings together what the emulator plays, what was asked, and what each is checked against. */
export function cover(
  routes: readonly PlayedRoute[],
  asked: { byClient: readonly Exchange[]; beside: readonly Exchange[] },
  findContract: (route: Pick<PlayedRoute, "method" | "path">, exchange?: Exchange) => string | undefined,
): Coverage[] {
  const played = routes.map(({ operation, method, path }): Coverage => {
    const mine = ({ request }: Exchange) => request.method === method && fits(path, request.path);
    const byClient = asked.byClient.filter(mine).filter(isSuccess);
    const all = [...byClient, ...asked.beside.filter(mine).filter(isSuccess)];
    return {
      method,
      path,
      emulator: operation,
      client: byClient.length > 0,
      answered: [...new Set(all.map(({ answer }) => answer.status))].sort(),
      checked: findContract({ method, path }, all[0]),
    };
  });
  const unplayed = asked.byClient.filter(
    ({ request }) =>
      !routes.some(({ method, path }) => method === request.method && fits(path, request.path)),
  );
  return [
    ...played,
    ...unplayed.map(({ request: { method, path } }) => ({
      method,
      path,
      emulator: undefined,
      client: true,
      answered: [],
      checked: undefined,
    })),
  ];
}

/** What the client asks and is not played, not answered with success, or not checked. */
export function gapsIn(coverage: readonly Coverage[]): string[] {
  return coverage
    .filter(
      ({ client, emulator, answered, checked }) => client && !(emulator && answered.length > 0 && checked),
    )
    .map(({ method, path }) => `${method} ${path}`);
}

/** Whether a path is one of a template's, `{names}` standing for one part each. */
export function fits(template: string, path: string): boolean {
  const parts = path.split("/");
  const wanted = template.split("/");
  return (
    wanted.length === parts.length && wanted.every((part, n) => part.startsWith("{") || part === parts[n])
  );
}

const renew = "npx vitest run --project unit test/contract/coverage.test.ts -u";

export function writeTable(
  versions: readonly { version: string; contract: string; coverage: readonly Coverage[]; rest?: string }[],
): string {
  const sections = versions.map(({ version, contract, coverage, rest }) =>
    [
      `## ${version}`,
      "",
      contract,
      "",
      ...align([
        ["call", "emulator", "client", "answered", "checked"],
        ...coverage.map(({ method, path, emulator = "–", client, answered, checked = "–" }) => [
          `${method} \`${path}\``,
          emulator,
          client ? "yes" : "–",
          answered.join(", ") || "–",
          checked,
        ]),
      ]),
      ...(rest === undefined ? [] : ["", rest]),
      "",
    ].join("\n"),
  );
  return [
    "# API coverage",
    "",
    "Which calls of Smooch's API the emulator plays, which of them the client makes, with which statuses they were",
    "answered when a test made them, and what they were checked against. Written by `test/contract/coverage.test.ts`",
    "from the exchanges that it records; it fails when this page says something else, and when the client makes a call",
    `that is not played, answered and checked. To renew it: \`${renew}\`.`,
    "",
    "What is not checked here is tested by the emulator's own tests alone.",
    "",
    ...sections,
  ].join("\n");
}

/** A table as the formatter leaves it. */
function align([head = [], ...rows]: string[][]): string[] {
  const widths = head.map((_, n) => Math.max(...[head, ...rows].map((row) => row[n]?.length ?? 0)));
  const line = (cells: string[]) => `| ${cells.map((cell, n) => cell.padEnd(widths[n] ?? 0)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)];
}

function isSuccess({ answer }: Exchange): boolean {
  return answer.status < 300;
}
