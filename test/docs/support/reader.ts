import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { cliEnvironment } from "../../support/cli";

/** Where a line starts something that keeps running, a reader goes on in another terminal once it listens. */
const servers = /^(npm run emulator|npx pulumi-smooch emulator)\b.*$/gm;

// Each server in a group of its own, as a terminal gives it: Ctrl+C reaches it and what it has started.
const shell = `set -eo pipefail
curl() { command curl --silent --show-error --fail "$@"; }
serve() {
  set -m; "$@" > "$HOME_OF_READER/server.log" 2>&1 & server=$!; set +m
  for ((n = 0; n < 200; n++)); do
    grep -q 'listening on' "$HOME_OF_READER/server.log" && return
    kill -0 "$server" || break
    sleep 0.1
  done
  cat "$HOME_OF_READER/server.log"; return 1
}
trap 'if [[ -n "\${server-}" ]]; then kill -INT -- "-$server"; wait "$server" || true; fi' EXIT
`;

/** Somebody who pastes the blocks of a page into a shell or a program, with Pulumi's state in a folder of their own. */
export class Reader {
  readonly environment: Record<string, string> = {};

  constructor(
    readonly home: string,
    /** Where the reader is. */
    public place: string,
  ) {}

  /** Pastes a block into a shell; every command has to succeed. What the shell shows. */
  async paste(block: string, typed = ""): Promise<string> {
    const script = `${shell}${block.replace(servers, "serve $&")}`;
    return this.#run("bash", ["-c", script], typed);
  }

  /** Pastes `$ command` into a shell, and expects what the page shows below it. */
  async expectOutput(block: string): Promise<void> {
    const [command = "", ...shown] = block.trimEnd().split("\n");
    expect(command).toMatch(/^\$ /);
    const output = await this.paste(command.slice(2));
    expect(shapes(output.trimEnd().split("\n"))).toEqual(shapes(shown));
  }

  save(file: string, text: string): void {
    writeFileSync(join(this.place, file), text);
  }

  read(file: string): string {
    return readFileSync(join(this.place, file), "utf8");
  }

  /** Runs a block as a script of Node.js. */
  async runScript(block: string): Promise<string> {
    this.save("block.mjs", block);
    return this.#run(process.execPath, ["block.mjs"]);
  }

  async #run(program: string, args: string[], typed = ""): Promise<string> {
    const env = {
      ...cliEnvironment(this.home),
      HOME_OF_READER: this.home,
      // In place of the answer "yes".
      PULUMI_SKIP_CONFIRMATIONS: "true",
      npm_config_prefer_offline: "true",
      ...this.environment,
    };
    const { code, output } = await new Promise<{ code: unknown; output: string }>((resolve) => {
      const child = execFile(program, args, { cwd: this.place, env }, (error, stdout, stderr) =>
        resolve({ code: error?.code ?? error?.signal ?? 0, output: stdout + stderr }),
      );
      child.stdin?.end(typed);
    });
    expect(code, `${args.at(-1)?.replace(shell, "")}\n${output}`).toBe(0);
    return output;
  }
}

/** Lines without what differs from run to run: ids, times, versions, addresses, the width of columns. */
export function shapes(lines: readonly string[]): string[] {
  return lines.map((line) =>
    line
      .replace(/\b((?:app|act)_)?[0-9a-f]{24}\b/g, "$1<id>")
      .replace(/https?:\/\/[\w.:-]+/g, "<origin>")
      .replace(/\d+(\.\d+)+/g, "<version>")
      .replace(/ +/g, " "),
  );
}
