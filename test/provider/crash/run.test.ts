import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, parse } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readRun } from "../../../src/provider/crash/run";

describe("a run", () => {
  let folder: string;
  beforeEach(() => {
    const parent = join(__dirname, "..", "..", ".work");
    mkdirSync(parent, { recursive: true });
    folder = mkdtempSync(join(parent, "run-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const backendOf = (url: string | undefined, file?: [string, string]) => {
    if (file !== undefined) writeFileSync(join(folder, file[0]), file[1]);
    return readRun({ PULUMI_BACKEND_URL: url }, [], folder).backend;
  };

  it("is identified by project and engine", () => {
    const run = readRun({ PULUMI_PROJECT: "shop" }, ["node", "provider", "127.0.0.1:1"], folder);
    expect(run).toEqual({ backend: undefined, project: "shop", engine: "127.0.0.1:1" });
  });

  it.each([
    [["--logtostderr", "-v=9", "--tracing", "127.0.0.1:50123"], "127.0.0.1:50123"],
    [["127.0.0.1:50123", "--tracing=tcp://127.0.0.1:9411", "127.0.0.1:1x"], "127.0.0.1:50123"],
    [[], "undefined"],
  ])("takes the engine's address from the arguments %j", (given, engine) => {
    const argv = ["127.0.0.1:7", "127.0.0.1:8", ...given];
    expect(readRun({}, argv, folder).engine).toBe(engine);
  });

  it.each([
    ["file:///var/state", "/var/state"],
    ["file:///var/my%20state", "/var/my state"],
    ["file:///var/state?metadata=skip", "/var/state"],
    ["file://~", homedir()],
    ["file://~?metadata=skip", homedir()],
    ["file://~/state", join(homedir(), "state")],
    ["s3://bucket?region=eu", "s3://bucket?region=eu"],
    ["gs://bucket", "gs://bucket"],
    // Many organizations share a server like the first two, and the third is not an address.
    ["https://api.pulumi.com", undefined],
    ["http://localhost:8080", undefined],
    ["somewhere", undefined],
    [" s3://bucket", undefined],
    ["", undefined],
  ])("takes its backend from the environment: %s", (url, backend) => {
    expect(backendOf(url)).toBe(backend);
  });

  it("resolves a relative backend against the project's folder", () => {
    expect(backendOf("file://./state")).toBe(join(folder, "state"));
    expect(backendOf("file://state")).toBe(join(folder, "state"));
    expect(backendOf("file://state?metadata=skip")).toBe(join(folder, "state"));
  });

  it.each([
    ["Pulumi.yaml", "name: shop\nbackend:\n  url: file://./state\nruntime: nodejs\n"],
    ["Pulumi.yml", 'backend:\n  # here\n  url: "file://./state"\n'],
    ["Pulumi.yaml", "backend:\r\n  url: 'file://./state'\r\n"],
    ["Pulumi.yaml", "backend: \t \n  # some\n  # lines\n  url:   file://./state\n"],
    ["Pulumi.yaml", "backend:\n url:file://./state\n"],
  ])("takes its backend from %s, in its folder or above", (name, text) => {
    expect(backendOf(undefined, [name, text])).toBe(join(folder, "state"));
    mkdirSync(join(folder, "program"));
    expect(readRun({}, [], join(folder, "program")).backend).toBe(join(folder, "program", "state"));
    expect(backendOf("gs://bucket")).toBe("gs://bucket");
  });

  it("has no known backend otherwise", () => {
    // The nearest Pulumi.yaml counts, whatever one above it says.
    writeFileSync(join(folder, "Pulumi.yaml"), "backend:\n  url: file://./state\n");
    const program = join(folder, "program");
    mkdirSync(program);
    writeFileSync(join(program, "Pulumi.yaml"), "name: shop\n");
    expect(readRun({}, [], program).backend).toBeUndefined();
    expect(backendOf(undefined, ["Pulumi.yaml", "name: shop\nconfig:\n  url: file:///x\n"])).toBeUndefined();
    expect(readRun({}, [], parse(folder).root).backend).toBeUndefined();
    const nested = "config:\n  backend:\n    url: file:///x\n";
    expect(backendOf(undefined, ["Pulumi.yaml", nested])).toBeUndefined();
    expect(backendOf(undefined, ["Pulumi.yaml", "backend: {url: 'file:///x'}\n"])).toBeUndefined();
  });
});
