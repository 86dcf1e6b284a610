import { rmSync } from "node:fs";
import { expect, it } from "vitest";
import { dynamicDoor } from "../support/door";
import { byHand } from "../support/hand";
import { failingUp, journal, killUp } from "../support/interrupted";
import { scenario } from "../support/stack";

const names = ["ours", "removed", "theirs"] as const;
const keys = (options: Partial<Record<(typeof names)[number], string>> = {}) => `
  const app = new smooch.SmoochApp("support");
  exports.appId = app.id;
  ${names.map((name) => `exports.${name} = new smooch.SmoochKey("${name}", { appId: app.id }, ${options[name] ?? "{}"}).id;`).join("\n")}`;

it("a key that somebody creates after a kill is neither taken over nor revoked, and each way out ends in a clean preview", () =>
  scenario(async (api, start) => {
    const { emulator } = api;
    const alive = () => emulator.snapshot().keys.map(({ id }) => id);
    const stack = start(`exports.appId = new smooch.SmoochApp("support").id;`, dynamicDoor);
    await stack.up();
    const { appId } = await stack.outputs();
    stack.program = keys();
    stack.environment.SMOOCH_REQUEST_TIMEOUT = "10";
    await killUp(stack, { hold: [{ operation: "createKey", fault: "hang" }], requests: 3 });
    const made = new Map<string, string>();
    for (const name of names) {
      const { _id } = await byHand(api, "POST", `/v1/apps/${appId}/keys`, { name });
      made.set(name, String(_id));
    }
    const before = alive();

    const output = await failingUp(stack);
    const fileOf = (name: string) =>
      journal(stack).find(({ entry }) => entry.resource === `test/${name}`)?.file;
    for (const name of names)
      expect(output).toContain(
        `An interrupted run was creating this key, and may have made key ${made.get(name)}, which cannot be told apart from one that somebody else made. Nothing was taken over or deleted. If it is yours, delete it in Smooch or, unless the resource has an object already, adopt it (option \`import\`); if not, delete the file ${fileOf(name)}. Then run the same command again.`,
      );
    expect(alive()).toEqual(before);
    expect(stack.resources()).toHaveLength(1);

    stack.program = keys({ ours: `{ import: "${made.get("ours")}" }` });
    await byHand(api, "DELETE", `/v1/apps/${appId}/keys/${made.get("removed")}`);
    rmSync(fileOf("theirs") ?? "");
    await stack.up();
    const { ours, removed, theirs } = await stack.outputs();
    expect(ours).toBe(made.get("ours"));
    expect(alive()).toEqual(expect.arrayContaining([ours, removed, theirs, made.get("theirs")]));
    expect(alive()).toHaveLength(4);
    expect(journal(stack)).toEqual([]);
    await stack.expectNoChange();

    stack.program = `exports.appId = new smooch.SmoochApp("support").id;`;
    await stack.up();
    expect(alive()).toEqual([made.get("theirs")]);
    await stack.destroy();
  }));
