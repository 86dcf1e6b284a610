import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { cliEnvironment } from "../../support/cli";

/** Lines that start a server; the reader continues in another terminal once it listens. */
const servers = /^(npm run emulator|npx pulumi-smooch emulator)\b.*$/gm;

// Each server runs in its own process group, as in a terminal, so that Ctrl+C reaches it and its children.
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

/** Pastes a page's blocks into a shell or a program, as a reader would, with Pulumi's state in a separate folder. */
export class Reader {
  readonly environment: Record<string, string> = {};

  constructor(
    readonly home: string,
    /** The reader's current folder. */
    public place: string,
  ) {}

  /** Pastes a block into a shell, in which every command has to succeed; returns the output. */
  async paste(block: string, typed = ""): Promise<string> {
    const script = `${shell}${block.replace(servers, "serve $&")}`;
    return this.#run("bash", ["-c", script], typed);
  }

  /** Pastes `$ command` into a shell, and expects the output that the page shows below it. */
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

  /** Runs a block as a Node.js script. */
  async runScript(block: string): Promise<string> {
    this.save("block.mjs", block);
    return this.#run(process.execPath, ["block.mjs"]);
  }

  async #run(program: string, args: string[], typed = ""): Promise<string> {
    const env = {
      ...cliEnvironment(this.home),
      HOME_OF_READER: this.home,
      // Replaces typing "yes".
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

/** Replaces what differs from run to run in lines: ids, times, versions, addresses, the width of columns. */
export function shapes(lines: readonly string[]): string[] {
  return lines.map((line) =>
    line
      .replace(/\b((?:app|act)_)?[0-9a-f]{24}\b/g, "$1<id>")
      .replace(/https?:\/\/[\w.:-]+/g, "<origin>")
      .replace(/\d+(\.\d+)+/g, "<version>")
      .replace(/ +/g, " "),
  );
}
