import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import { runProgram, runPulumi } from "../../support/cli";
import { pluginDoor } from "../../support/door";
import { byHand } from "../../support/hand";
import { journal, killUp } from "../../support/interrupted";
import { findProvider, isProvider } from "../../support/processes";
import { scenario } from "../../support/stack";
import { writes } from "../../support/trio";

const app = `resources:
  support: { type: "smooch:App" }`;
const withKey = `${app}
  backend:
    type: smooch:Key
    properties: { appId: "\${support.id}" }
outputs: { keyId: "\${backend.id}" }`;

describe("a create whose response is lost", () => {
  it("is found, and nothing is made twice", () =>
    scenario(async (api, start) => {
      const { emulator } = api;
      const stack = start(withKey, pluginDoor);
      emulator.setFaults({ rules: [{ operation: "createKey", fault: "reset-after", times: 1 }] });
      await stack.up();
      expect(emulator.snapshot().keys).toMatchObject([{ id: (await stack.outputs()).keyId }]);
      expect(writes(api)).toEqual(["createApp", "createKey"]);
      await stack.expectNoChange();
      await stack.destroy();
    }));

  it("leaves an entry in the state if it cannot be found, which the next up resolves", () =>
    scenario(async ({ emulator }, start) => {
      const stack = start(withKey, pluginDoor);
      stack.environment.SMOOCH_REQUEST_TIMEOUT = "1";
      emulator.setFaults({
        rules: [
          { operation: "createKey", fault: "reset-after", times: 1 },
          { operation: "listKeys", fault: "status", status: 500 },
        ],
      });
      const { code, output } = await stack.tryUp();
      expect(code).not.toBe(0);
      expect(output).toContain("backend");
      expect(stack.resource("backend").id).toMatch(/^unresolved:/);
      emulator.setFaults(undefined);
      const { output: next } = await stack.tryUp();
      expect(next).toMatch(/key app_\w+/);
      expect(emulator.snapshot().keys).toHaveLength(1);
      const [key] = emulator.snapshot().keys;
      await byHand(stack.emulator, "DELETE", `/v1/apps/${key?.appId}/keys/${key?.id}`);
      await stack.up();
      await stack.expectNoChange();
      await stack.destroy();
    }));
});

it("a plugin whose engine was killed finishes its request and ends; the next up takes the key over", () =>
  scenario(async (api, start) => {
    const stack = start(app, pluginDoor);
    await stack.up();
    api.emulator.requests.length = 0;
    stack.program = withKey;
    const hold = { operation: "createKey", fault: "latency", ms: 3000 } as const;
    const plugin = await killUp(stack, { hold: [hold], victims: "pulumi" });
    await vi.waitFor(() => expect(isProvider(plugin)).toBe(false), { timeout: 10_000, interval: 100 });
    expect(writes(api)).toEqual(["createKey"]);
    const [key] = api.emulator.snapshot().keys;
    expect(journal(stack).map(({ entry }) => [entry.project, entry.resource, entry.id])).toEqual([
      ["test", "test/backend", key?.id],
    ]);
    expect(await stack.up()).toContain(`key ${key?.id} was made by an interrupted run`);
    expect((await stack.outputs()).keyId).toBe(key?.id);
    await stack.expectNoChange();
    expect(journal(stack)).toEqual([]);
    await stack.destroy();
  }));

it("no command leaves a process behind, an interrupted one neither, and what it made is in the state", () =>
  scenario(async ({ emulator }, start) => {
    const stack = start(withKey, pluginDoor);
    emulator.setFaults({ rules: [{ operation: "createKey", fault: "latency", ms: 2000, times: 1 }] });
    let plugin: number | undefined;
    const running = runPulumi(
      stack.folder,
      ["up", "--yes", "--skip-preview", "--stack", "test"],
      stack.environment,
      (pulumi) => {
        void vi
          .waitFor(() => expect(Object.keys(emulator.faultsMet)).not.toEqual([]), {
            timeout: 30_000,
            interval: 20,
          })
          .then(() => {
            plugin = findProvider(pulumi);
            process.kill(pulumi, "SIGINT");
          });
      },
    );
    await running;
    expect(plugin).toBeDefined();
    await vi.waitFor(() => expect(isProvider(plugin ?? 0)).toBe(false), { timeout: 10_000, interval: 100 });
    emulator.setFaults(undefined);
    await stack.up();
    expect(emulator.snapshot().keys).toHaveLength(1);
    await stack.destroy();
  }));

it("a schema that a command asks for leaves no process behind", () =>
  scenario(async (_, start) => {
    const stack = start(app, pluginDoor);
    await stack.up();
    const folder = "../../../dist/plugin/pulumi-resource-smooch";
    const { code, output } = await runPulumi(stack.folder, ["package", "get-schema", folder]);
    expect(code, output).toBe(0);
    expect(output).toContain('"smooch:index:Key"');
    await sleep(2500);
    const { output: processes } = await runProgram(stack.folder, "ps", ["-eo", "args"]);
    expect(processes.split("\n").filter((line) => line.includes(`${stack.folder}`))).toEqual([]);
    await stack.destroy();
  }));
