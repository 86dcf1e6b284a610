import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { runPulumi } from "../../support/cli";
import { pluginDoor } from "../../support/door";
import { newFolder } from "../../support/folder";
import { byHand } from "../../support/hand";
import { journal, killUp } from "../../support/interrupted";
import { findDescendants, findProvider, isProvider } from "../../support/processes";
import { scenario } from "../../support/stack";
import { writes } from "../../support/trio";

const app = `const app = new smooch.SmoochApp("support");`;
const withKey = `${app} exports.keyId = new smooch.SmoochKey("backend", { appId: app.id }).id;`;
const withKeyInYaml = `resources:
  support: { type: "smooch:App" }
  backend:
    type: smooch:Key
    properties: { appId: "\${support.id}" }`;

it("a create whose response is lost leaves an entry in the state if it cannot be found, which the next up resolves", () =>
  scenario(async ({ emulator }, start) => {
    const stack = start(withKey);
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

it("a plugin whose engine was killed finishes its request and ends; the next up takes the key over", () =>
  scenario(async (api, start) => {
    const stack = start(app);
    await stack.up();
    api.emulator.requests.length = 0;
    stack.program = withKey;
    const hold = { operation: "createKey", fault: "latency", ms: 3000 } as const;
    const plugin = await killUp(stack, { hold: [hold], victims: "pulumi" });
    await expectEnd(plugin);
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
    const stack = start(withKeyInYaml, pluginDoor);
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
    await expectEnd(plugin);
    emulator.setFaults(undefined);
    await stack.up();
    expect(emulator.snapshot().keys).toHaveLength(1);
    await stack.destroy();
  }));

it("a schema that a command asks for leaves no process behind", async () => {
  const folder = newFolder("schema");
  const plugin = join(__dirname, "..", "..", "..", "dist", "plugin", "pulumi-resource-smooch");
  const started = new Set<number>();
  let watch: NodeJS.Timeout | undefined;
  const { code, output } = await runPulumi(folder, ["package", "get-schema", plugin], {}, (pulumi) => {
    const look = () => {
      for (const pid of findDescendants(pulumi).filter(isProvider)) started.add(pid);
    };
    watch = setInterval(look, 10);
  });
  clearInterval(watch);
  rmSync(folder, { recursive: true, force: true });
  expect(code, output).toBe(0);
  expect(output).toContain('"smooch:index:Key"');
  expect(started.size).toBeGreaterThan(0);
  for (const pid of started) await expectEnd(pid);
});

/** Expects that a plugin ends soon. */
async function expectEnd(plugin: number | undefined): Promise<void> {
  expect(plugin).toBeDefined();
  await vi.waitFor(() => expect(isProvider(plugin ?? 0)).toBe(false), { timeout: 10_000, interval: 100 });
}
