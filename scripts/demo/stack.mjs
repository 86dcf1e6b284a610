import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { must, root } from "../lib/run.mjs";

const name = "demo";

/**
 * Runs the Pulumi CLI on the Pulumi.yaml of a folder of the repository, with home, state and configuration in `folder`.
 * Only `up` and `destroy` run in the repository, with `--config-file`. The other commands do not have this option, so
 * they run in `folder`, on an empty project of the same name.
 */
export async function openStack(folder, cli, emulator, program = root) {
  const backend = join(folder, "state");
  const temporary = join(folder, "tmp");
  await Promise.all([backend, temporary].map((path) => mkdir(path)));
  const project = /^name: *(\S+)/m.exec(await readFile(join(program, "Pulumi.yaml"), "utf8"))?.[1];
  await writeFile(join(folder, "Pulumi.yaml"), `name: ${project}\nruntime: nodejs\n`);
  const env = {
    ...withoutForeignSettings(process.env),
    PATH: `${cli.bin}${delimiter}${process.env.PATH}`,
    // Where ts-node keeps what it compiles.
    TMPDIR: temporary,
    PULUMI_HOME: join(folder, "home"),
    PULUMI_BACKEND_URL: pathToFileURL(backend).href,
    PULUMI_CONFIG_PASSPHRASE: "",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    SMOOCH_BASE_URL: emulator.url,
    SMOOCH_ACCOUNT_KEY_ID: emulator.accountKeyId,
    SMOOCH_ACCOUNT_KEY_SECRET: emulator.accountKeySecret,
  };
  const pulumi = (cwd, args, onLine) =>
    must(`pulumi ${args[0]}`, join(cli.bin, "pulumi"), [...args, "--stack", name, "--non-interactive"], {
      cwd,
      env,
      onLine,
      stopSignal: "SIGINT",
      limit: 5 * 60_000,
    });
  const aside = (...args) => pulumi(folder, args);
  const configFile = ["--config-file", join(folder, `Pulumi.${name}.yaml`)];
  const change = (verb, onLine) =>
    pulumi(
      program,
      [verb, "--yes", ...configFile, "--suppress-permalink=true", "--suppress-progress"],
      onLine,
    );
  return {
    init: () => aside("stack", "init"),
    configure: (key, value) => aside("config", "set", `${project}:${key}`, value),
    up: (onLine) => change("up", onLine),
    destroy: (onLine) => change("destroy", onLine),
    outputs: async () => JSON.parse(await aside("stack", "output", "--json", "--show-secrets")),
    secrets: async () => secretsIn(JSON.parse(await aside("stack", "export", "--show-secrets"))),
    remove: () => aside("stack", "rm", "--yes"),
    /** All files that Pulumi has written, with their contents: state, history, backups, configuration, logs. */
    files: () => readAll(folder),
  };
}

// The demo must not reach a real account or backend.
function withoutForeignSettings(env) {
  return Object.fromEntries(Object.entries(env).filter(([key]) => !/^(SMOOCH|PULUMI)_/.test(key)));
}

/** All values marked as secret in a stack export with secrets shown. */
function secretsIn(value) {
  if (Array.isArray(value)) return value.flatMap(secretsIn);
  if (typeof value !== "object" || value === null) return [];
  if (typeof value.plaintext === "string")
    return [JSON.parse(value.plaintext)].filter((it) => typeof it === "string");
  return Object.values(value).flatMap(secretsIn);
}

async function readAll(folder) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  return Promise.all(files.map(async (file) => ({ file, text: await readFile(file, "utf8") })));
}
