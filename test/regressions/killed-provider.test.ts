import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import type { RunningEmulator } from "../../src/emulator/index";
import { fileBackend, runPulumi } from "../support/cli";
import { dynamicDoor } from "../support/door";
import { byHand } from "../support/hand";
import { journal, killUp } from "../support/interrupted";
import { isProvider } from "../support/processes";
import { type Stack, scenario } from "../support/stack";
import { writes } from "../support/trio";

const app = `const app = new smooch.SmoochApp("support"); exports.appId = app.id;`;
const keys = `${app}
  for (const name of ["first", "second"]) exports[name] = new smooch.SmoochKey(name, { appId: app.id }).id;`;

/** Kills only the engine of an `up`, while Smooch creates one key and another waits. Returns the created key. */
async function killEngine(api: RunningEmulator, stack: Stack): Promise<{ id: string; name: string }> {
  stack.program = app;
  await stack.up();
  api.emulator.requests.length = 0;
  stack.program = keys;
  stack.environment.SMOOCH_MAX_CONCURRENCY = "1";
  const hold = { operation: "createKey", fault: "latency", ms: 4000 } as const;
  const provider = await killUp(stack, { hold: [hold], victims: "pulumi" });
  expect(isProvider(provider)).toBe(true);
  await vi.waitFor(() => expect(isProvider(provider)).toBe(false), { timeout: 10_000, interval: 100 });
  // The held request was carried out, and nothing was sent after it.
  expect(writes(api)).toEqual(["createKey"]);
  const [key, ...others] = api.emulator.snapshot().keys;
  expect(others).toEqual([]);
  if (key === undefined) throw new Error("no key was created");
  expect(journal(stack).map(({ entry }) => [entry.resource, entry.id])).toEqual([
    [`test/${key.name}`, key.id],
  ]);
  return key;
}

it("a provider whose engine was killed finishes its request, notes the key and ends; the next up takes the key over", () =>
  scenario(async (api, start) => {
    const stack = start(app, dynamicDoor);
    const { id, name } = await killEngine(api, stack);
    expect(await stack.up()).toContain(
      `pulumi-smooch: key ${id} was made by an interrupted run, and belongs to this one now`,
    );
    expect((await stack.outputs())[name]).toBe(id);
    expect(api.emulator.snapshot().keys).toHaveLength(2);
    await stack.expectNoChange();
    expect(journal(stack)).toEqual([]);
    await stack.destroy();
  }));

it("if only the credentials file names the backend, the key of the killed run is reported and left alone", () =>
  scenario(async (api, start) => {
    const stack = start(app, dynamicDoor);
    stack.environment.PULUMI_BACKEND_URL = "";
    const login = ["login", fileBackend(stack.folder)];
    const { code, output } = await runPulumi(stack.folder, login, stack.environment);
    expect(code, output).toBe(0);
    expect(existsSync(join(stack.folder, "home", "credentials.json"))).toBe(true);
    const { id, name } = await killEngine(api, stack);
    const { appId } = await stack.outputs();
    const [left] = journal(stack);
    expect(await stack.up()).toContain(
      `pulumi-smooch: an interrupted run made key ${id} in app ${appId} of resource test/${name}. Check whether it exists (\`pulumi-smooch audit\`) and whose it is, then delete the file ${left?.file}`,
    );
    const { first, second } = await stack.outputs();
    expect(api.emulator.snapshot().keys.map((key) => key.id)).toEqual(
      expect.arrayContaining([id, first, second]),
    );
    expect(api.emulator.snapshot().keys).toHaveLength(3);
    await stack.expectNoChange();

    await byHand(api, "DELETE", `/v1/apps/${appId}/keys/${id}`);
    rmSync(left?.file ?? "");
    expect(await stack.destroy()).not.toContain("interrupted run");
  }));
