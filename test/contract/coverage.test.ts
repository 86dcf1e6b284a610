import { join } from "node:path";
import { expect, test } from "vitest";
import { routes } from "../../src/emulator/routes";
import { kindNames } from "../../src/kinds";
import { definitions } from "../../src/provider/kinds";
import { type ApiVersion, apiVersions } from "../../src/smooch/api-version";
import type { SmoochClient } from "../../src/smooch/client";
import { World } from "../support/world";
import { type Coverage, cover, fits, gapsIn, writeTable } from "./coverage";
import { describeContract, loadDescription } from "./description";
import { ask, basic } from "./hand";
import { idOf, playBesideClient, playClient } from "./journeys";
import { type Legacy, rowsOf } from "./legacy";
import { directRows, playRow } from "./legacy-objects";
import { checkNothing, Recorder } from "./recorder";
import { isNode, nodeAt, nodesIn } from "./tree";
import { loadChecker } from "./validator";

const page = join(__dirname, "..", "..", "docs", "api-coverage.md");

test.each<Legacy>(["v1", "v1.1"])("the client leaves no gap in %s", async (version) => {
  expect(gapsIn(await coverLegacy(version))).toEqual([]);
});

describeContract("the API calls that are supported, made and checked", () => {
  test("the client leaves no gap in v2, and docs/api-coverage.md is up to date", async () => {
    const [v1, v1_1, v2] = [await coverLegacy("v1"), await coverLegacy("v1.1"), await coverV2()];
    expect(gapsIn(v2)).toEqual([]);
    const legacy =
      "Checked against the tables of `test/contract/legacy.ts` and `legacy-objects.ts`: the request, and every field of the response.";
    const text = writeTable([
      { version: "v2", contract: await describeV2(), coverage: v2, rest: await restOfV2(v2) },
      { version: "v1.1", contract: legacy, coverage: v1_1 },
      { version: "v1", contract: legacy, coverage: v1 },
    ]);
    await expect(text).toMatchFileSnapshot(page);
  });

  test.each(apiVersions)("the journeys use every method of the client in %s", async (version) => {
    const world = new World({}, version);
    const used = new Set<string>();
    await playClient(watch(world.client(), used), version);
    expect([...used].sort()).toEqual(methodsOf(world.client()));
  });

  test("a call that is not supported, never succeeds or is not checked is a gap", () => {
    const covered: Coverage = {
      method: "GET",
      path: "/v2/apps",
      emulator: "listApps",
      client: true,
      statuses: [200],
      checked: "ListApps",
    };
    expect(gapsIn([covered, { ...covered, client: false, checked: undefined }])).toEqual([]);
    for (const gap of [{ emulator: undefined }, { statuses: [] }, { checked: undefined }])
      expect(gapsIn([{ ...covered, ...gap }])).toEqual(["GET /v2/apps"]);
  });
});

async function record(version: ApiVersion, recorder: Recorder): Promise<World> {
  const world = new World({}, version);
  world.intercept = recorder.intercept;
  await playClient(world.client(), version);
  return world;
}

async function coverLegacy(version: Legacy): Promise<Coverage[]> {
  const recorder = new Recorder(checkNothing);
  await record(version, recorder);
  const beside = new Recorder(checkNothing);
  for (const row of directRows) await playRow(row, version, beside);
  const rows = [...rowsOf(version), ...directRows];
  return cover(
    routes[version],
    { byClient: recorder.exchanges, beside: beside.exchanges },
    ({ method, path }) =>
      rows.find((row) => row.sent[0] === method && fits(path, `/${version}${row.sent[1]}`))?.operation,
  );
}

async function coverV2(): Promise<Coverage[]> {
  const check = await loadChecker();
  const byClient = new Recorder(check);
  const { emulator } = await record("v2", byClient);
  const beside = new Recorder(check);
  const call = async (method: string, path: string, body?: unknown, as = account): Promise<unknown> =>
    JSON.parse((await beside.ask(emulator, ask(method, path, body, as))).answer.body);
  const account = basic(emulator.accountKeyId, emulator.accountKeySecret);
  const appPath = `/v2/apps/${idOf(await call("POST", "/v2/apps", { displayName: "Shop" }))}`;
  const key = await call("POST", `${appPath}/keys`, { displayName: "backend" });
  const secret = isNode(key) && isNode(key.key) ? String(key.key.secret) : "";
  await playBesideClient(call, appPath, basic(idOf(key), secret));
  return cover(routes.v2, { byClient: byClient.exchanges, beside: beside.exchanges }, (_, exchange) => {
    const { operation, request = [], answer = [] } = exchange?.verdict ?? {};
    return request.length + answer.length === 0 ? operation : undefined;
  });
}

async function describeV2(): Promise<string> {
  const { info } = await loadDescription();
  return `Checked against the official OpenAPI description, version ${info.version}, by the operation named there.`;
}

async function restOfV2(coverage: readonly Coverage[]): Promise<string> {
  const description = await loadDescription();
  const paths = isNode(description) ? nodeAt(description, "paths") : {};
  const names = nodesIn(Object.values(paths)).flatMap((path) =>
    nodesIn(Object.values(path)).flatMap(({ operationId }) =>
      typeof operationId === "string" ? [operationId] : [],
    ),
  );
  const missing = names.filter((name) => !coverage.some(({ checked }) => checked === name));
  return `Of the description's ${names.length} operations, ${missing.length} are not supported.`;
}

/** The groups of methods for the kinds that the client's API version has. */
function groupsOf({ version }: SmoochClient) {
  return kindNames
    .filter((kind) => definitions[kind].in?.includes(version) ?? true)
    .map((kind): `${typeof kind}s` => `${kind}s`);
}

function methodsOf(client: SmoochClient): string[] {
  return groupsOf(client)
    .flatMap((group) => Object.keys(client[group]).map((name) => `${group}.${name}`))
    .sort();
}

/** Wraps the client to record every method that is called. */
function watch(client: SmoochClient, used: Set<string>): SmoochClient {
  return new Proxy(client, {
    get(target, group) {
      const value: unknown = Reflect.get(target, group, target);
      if (!isNode(value) || !groupsOf(target).some((name) => name === group)) return value;
      return new Proxy(value, {
        get(methods, name) {
          used.add(`${String(group)}.${String(name)}`);
          return Reflect.get(methods, name, methods);
        },
      });
    },
  });
}
