import { join } from "node:path";
import { expect, it } from "vitest";
import { byHand } from "../support/hand";
import { holdFirst, journal, killUp } from "../support/interrupted";
import { scenario } from "../support/stack";

it("a run neither takes over nor deletes what a run on another backend creates, even if all names are the same", () =>
  scenario(async (api, start) => {
    const { emulator } = api;
    const { _id: appId } = await byHand(api, "POST", "/v1/apps", { name: "Support" });
    const integration = (name: string, inputs: string) =>
      `const ${name} = new smooch.SmoochIntegration("${name}", { appId: "${appId}", ${inputs} }); exports.${name} = ${name}.id;`;
    const bot = integration("bot", 'type: "telegram", token: "12:credential"');
    const line = integration("line", 'type: "viber", token: "credential"');
    const key = (name: string, after: string) =>
      `exports.${name} = new smooch.SmoochKey("${name}", { appId: "${appId}" }, { dependsOn: [${after}] }).id;`;
    const ids = () => [...emulator.snapshot().integrations, ...emulator.snapshot().keys].map(({ id }) => id);
    const one = start(bot + key("backend", "bot"));
    const other = start(bot + key("backend", "bot"));
    other.environment.PULUMI_HOME = join(one.folder, "home");

    // While the run on the first backend is in progress: it has its integration, and waits for its key.
    const held = holdFirst(api, "POST", /keys$/);
    const running = one.up();
    await Promise.race([held.arrived, running]);
    const before = ids();
    expect(before).toHaveLength(1);
    expect(await other.up()).not.toContain("interrupted run");
    expect(ids()).toHaveLength(3);
    held.release();
    await running;
    const [ones, others] = [await one.outputs(), await other.outputs()];
    expect(ids().sort()).toEqual([ones.bot, ones.backend, others.bot, others.backend].sort());
    expect(before).toEqual([ones.bot]);
    await one.expectNoChange();
    await other.expectNoChange();
    expect(journal(one)).toEqual([]);

    // After that run was killed, when it had received another integration.
    one.program = bot + key("backend", "bot") + line + key("late", "line");
    await killUp(one, { hold: [{ operation: "createKey", fault: "hang" }] });
    const left = emulator.snapshot().integrations.find(({ type }) => type === "viber")?.id;
    other.program = bot + key("backend", "bot") + line;
    expect(await other.up()).not.toContain("interrupted run");
    expect(ids()).toContain(left);
    expect((await other.outputs()).line).not.toBe(left);
    await other.expectNoChange();
    await other.destroy();
    await one.up();
    expect((await one.outputs()).line).toBe(left);
    expect(journal(one)).toEqual([]);
    await one.expectNoChange();
    await one.destroy();
    await byHand(api, "DELETE", `/v1/apps/${appId}`);
  }));
