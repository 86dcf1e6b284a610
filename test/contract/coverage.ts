import type { Exchange } from "./recorder";

/** One operation of one API version, and how this repository covers it. */
export interface Coverage {
  method: string;
  path: string;
  /** The emulator's name for it; undefined if the emulator does not support it. */
  emulator: string | undefined;
  /** Whether the client makes this call. */
  client: boolean;
  /** The success statuses that the tests received. */
  statuses: number[];
  /** What it was checked against, such as the operation's name in the description; undefined if it was not checked. */
  checked: string | undefined;
}

interface EmulatedRoute {
  operation: string;
  method: string;
  path: string;
}

/** Combines the emulator's routes, the recorded exchanges, and what each is checked against. */
export function cover(
  routes: readonly EmulatedRoute[],
  exchanges: { byClient: readonly Exchange[]; beside: readonly Exchange[] },
  findContract: (route: Pick<EmulatedRoute, "method" | "path">, exchange?: Exchange) => string | undefined,
): Coverage[] {
  const emulated = routes.map(({ operation, method, path }): Coverage => {
    const mine = ({ request }: Exchange) => request.method === method && fits(path, request.path);
    const byClient = exchanges.byClient.filter(mine).filter(isSuccess);
    const all = [...byClient, ...exchanges.beside.filter(mine).filter(isSuccess)];
    return {
      method,
      path,
      emulator: operation,
      client: byClient.length > 0,
      statuses: [...new Set(all.map(({ answer }) => answer.status))].sort(),
      checked: findContract({ method, path }, all[0]),
    };
  });
  const unsupported = exchanges.byClient.filter(
    ({ request }) =>
      !routes.some(({ method, path }) => method === request.method && fits(path, request.path)),
  );
  return [
    ...emulated,
    ...unsupported.map(({ request: { method, path } }) => ({
      method,
      path,
      emulator: undefined,
      client: true,
      statuses: [],
      checked: undefined,
    })),
  ];
}

/** Calls of the client that the emulator does not support, that never succeeded in a test, or that are not checked. */
export function gapsIn(coverage: readonly Coverage[]): string[] {
  return coverage
    .filter(
      ({ client, emulator, statuses, checked }) => client && !(emulator && statuses.length > 0 && checked),
    )
    .map(({ method, path }) => `${method} ${path}`);
}

/** Whether a path matches a template, in which each `{name}` matches one segment. */
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
        ["call", "emulator", "client", "statuses", "checked"],
        ...coverage.map(({ method, path, emulator = "–", client, statuses, checked = "–" }) => [
          `${method} \`${path}\``,
          emulator,
          client ? "yes" : "–",
          statuses.join(", ") || "–",
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
    "The calls of Smooch's API that the emulator supports, which of them the client makes, the success statuses that",
    "the tests received, and what each was checked against. `test/contract/coverage.test.ts` writes this page from the",
    "exchanges that it records. It fails if the page is out of date, or if the client makes a call that is not",
    `supported, successful and checked. To update the page: \`${renew}\`.`,
    "",
    "Calls that are not checked here are covered only by the emulator's own tests.",
    "",
    ...sections,
  ].join("\n");
}

/** Aligns the columns of a table as the formatter does. */
function align([head = [], ...rows]: string[][]): string[] {
  const widths = head.map((_, n) => Math.max(...[head, ...rows].map((row) => row[n]?.length ?? 0)));
  const line = (cells: string[]) => `| ${cells.map((cell, n) => cell.padEnd(widths[n] ?? 0)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)];
}

function isSuccess({ answer }: Exchange): boolean {
  return answer.status < 300;
}
