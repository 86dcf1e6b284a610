import { chmod, copyFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Failure, must, root, run } from "./run.mjs";
import { timed } from "./time.mjs";
import { isAtLeast } from "./version.mjs";

const exe = process.platform === "win32" ? ".exe" : "";
const cli = join(root, "tools", "pulumi");
/** The Go module of Pulumi's SDK, with the language hosts. */
const sdk = "github.com/pulumi/pulumi/sdk/v3";
const languageHosts = join(root, "tools", "language-hosts");
const yamlHost = join(root, "tools", "language-yaml");
const goHost = join(root, "tools", "language-go");

/** The CLI's version; tools/pulumi/go.mod is the only place that sets it. */
export async function declaredVersion() {
  const text = await readFile(join(cli, "go.mod"), "utf8");
  const match = /github\.com\/pulumi\/pulumi\/pkg\/v3 v(\d+\.\d+\.\d+)/.exec(text);
  if (!match) throw new Failure("tools/pulumi/go.mod does not require github.com/pulumi/pulumi/pkg/v3");
  return match[1];
}

export async function requiredGo() {
  const text = await readFile(join(cli, "go.mod"), "utf8");
  return /^go (\S+)/m.exec(text)?.[1] ?? "1.25";
}

/** The installed Go version, without downloading another; undefined if Go is not installed. */
export async function installedGo() {
  const { code, output } = await run("go", ["env", "GOVERSION"], {
    env: { ...process.env, GOTOOLCHAIN: "local" },
    cwd: cli,
    limit: 20_000,
  });
  if (code === 0) return output.trim();
  // A Go older than the module requires refuses to answer there, but its error contains its version.
  return /running (go ?[\d.]+)/.exec(output)?.[1];
}

/** Builds both programs into `folder`. */
export async function buildWithGo(folder, { log }) {
  const version = await declaredVersion();
  const note = "first time only, 4 to 6 minutes";
  const stamp = `github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${version}`;
  await timed(
    log,
    `building the Pulumi CLI ${version}`,
    () =>
      goBuild(cli, join(folder, `pulumi${exe}`), "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi", [
        "-tags=osusergo,grpcnotrace",
        `-ldflags=-s -w -X ${stamp}`,
      ]),
    { note },
  );
  const nodeHost = join(folder, `pulumi-language-nodejs${exe}`);
  await buildHost("Node.js", languageHosts, nodeHost, `${sdk}/nodejs/cmd/pulumi-language-nodejs`, { log });
}

/** Builds the language host for YAML programs, which Pulumi's own releases hold. */
export function buildYamlHost(target, { log }) {
  const program = "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml";
  return buildHost("YAML", yamlHost, target, program, { log, takes: "1 to 2 minutes" });
}

/** Builds the language host for Go programs. */
export function buildGoHost(target, { log }) {
  return buildHost("Go", goHost, target, `${sdk}/go/pulumi-language-go`, { log });
}

function buildHost(language, module, target, program, { log, takes = "about 1 minute" }) {
  return timed(
    log,
    `building the language host for ${language}`,
    () => goBuild(module, target, program, ["-ldflags=-s -w"]),
    { note: `first time only, ${takes}` },
  );
}

/** Builds the language host for Python programs into `folder`, with the script that it starts them through. */
export async function buildPythonHost(folder, { log }) {
  const host = "python/cmd/pulumi-language-python";
  const target = join(folder, `pulumi-language-python${exe}`);
  await buildHost("Python", languageHosts, target, `${sdk}/${host}`, { log });
  const options = { cwd: languageHosts, env: await goEnvironment() };
  const sources = await must("go list", "go", ["list", "-m", "-f", "{{.Dir}}", sdk], options);
  const script = join(folder, "pulumi-language-python-exec");
  await copyFile(join(sources.trim(), `${host}-exec`), script);
  // Go's module cache is read-only.
  await chmod(script, 0o755);
}

/** Builds our generator of SDKs, which shares most packages with the CLI. */
export async function buildSdkCodegen(target, { log }) {
  const flags = ["-tags=osusergo,grpcnotrace", "-ldflags=-s -w"];
  await timed(
    log,
    "building the generator of SDKs",
    () => goBuild(cli, target, "pulumi-smooch/tools/pulumi/sdk-codegen", flags),
    { note: "first time only, 1 to 4 minutes" },
  );
}

async function goBuild(module, target, program, flags) {
  const args = ["build", "-mod=readonly", "-trimpath", "-o", target, ...flags, program];
  const env = await goEnvironment();
  let { code, output } = await run("go", args, { cwd: module, env });
  // Finished downloads and builds are cached, so a second attempt only does what is missing.
  if (code !== 0 && /timeout|reset by peer|unexpected EOF|handshake|bad gateway|unavailable/i.test(output)) {
    ({ code, output } = await run("go", args, { cwd: module, env }));
  }
  if (code !== 0)
    throw new Failure(`go build ${program} failed:\n${output.trimEnd().split("\n").slice(-20).join("\n")}`);
}

async function goEnvironment() {
  const old = !isAtLeast((await installedGo()) ?? "", await requiredGo());
  return {
    ...process.env,
    // An empty value would fall back to what `go env -w` has stored.
    GOFLAGS: "-buildvcs=false",
    GOWORK: "off",
    CGO_ENABLED: "0",
    ...(old && { GOTOOLCHAIN: "auto" }),
  };
}
