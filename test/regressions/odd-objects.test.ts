import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runCommand } from "../support/command";
import { dynamicDoor } from "../support/door";
import { byHand } from "../support/hand";
import { scenario } from "../support/stack";
import { trio } from "../support/trio";

// One object in an unexpected form made every list that contained it unreadable, so nothing else could be refreshed,
// deleted or exported; and a masked secret replaced the real one in the state.

const program = `${trio({}, { metadata: undefined, keepers: undefined })}
  const odd = new smooch.SmoochKey("odd", { appId: app.id });
  Object.assign(exports, { oddId: odd.id, jwt: key.jwt, secret: key.secret, hookSecret: hook.secret });`;

describe("objects in an unexpected form", () => {
  it("fail only in their own resource, with an error that names object and field", () =>
    scenario(async (api, start) => {
      const { emulator } = api;
      const stack = start(program);
      await stack.up();
      const { appId, oddId, keyId, hookId } = await stack.outputs();
      const { _id: strangeApp } = await byHand(api, "POST", "/v1/apps", { name: "Strange" });
      const path = `/v1/apps/${appId}/keys`;
      const { _id: strangeKey } = await byHand(api, "POST", path, { name: "strange" });

      // Oddities that do not matter to the stack's resources.
      emulator.overlay(String(appId), {
        appToken: undefined,
        metadata: { a: null },
        settings: { new: { a: 1 } },
      });
      emulator.overlay(String(hookId), { version: null, includeClient: null });
      emulator.overlay(String(strangeApp), { metadata: { a: { b: 1 } } });
      emulator.overlay(String(strangeKey), { name: null });
      await stack.expectNoChange("--refresh");

      // An object of the stack itself.
      emulator.overlay(String(oddId), { name: null });
      await byHand(api, "PUT", `/v1/apps/${appId}/webhooks/${hookId}`, { triggers: ["postback"] });
      const { code, output } = await stack.try("refresh", "--yes", "--skip-preview");
      expect(code).not.toBe(0);
      expect(output).toContain(
        `The response from Smooch for key ${oddId} of app ${appId} has an unexpected format: name is missing`,
      );
      const named = output.match(/The response from Smooch for \w+ \w+/g);
      expect(new Set(named)).toEqual(new Set([`The response from Smooch for key ${oddId}`]));
      await stack.up();
      expect(emulator.snapshot().webhooks).toMatchObject([{ triggers: ["message"] }]);

      const exported = await runCommand(stack, "export", "--out", "exported", "--language", "javascript");
      expect(exported.code, exported.stderr).toBe(0);
      for (const line of [
        `Left out: app ${strangeApp}, as Smooch returns it: metadata.a has an unexpected value.`,
        `Left out: key ${strangeKey} of app ${appId}, as Smooch returns it: name is missing.`,
        `Left out: key ${oddId} of app ${appId}, as Smooch returns it: name is missing.`,
      ])
        expect(exported.stderr).toContain(line);
      const imports = readFileSync(join(stack.folder, "exported", "import.json"), "utf8");
      for (const id of [appId, keyId, hookId]) expect(imports).toContain(String(id));
      for (const id of [oddId, strangeApp]) expect(imports).not.toContain(String(id));

      await stack.destroy();
      await byHand(api, "DELETE", `/v1/apps/${strangeApp}`);
    }));
});

describe("a secret that Smooch masks or leaves out", () => {
  it("keeps its value in the state, and a key cannot be adopted without it", () =>
    scenario(async ({ emulator }, start) => {
      const stack = start(program, dynamicDoor);
      await stack.up();
      const before = await stack.outputs();
      const { keys: [key] = [] } = emulator.snapshot();

      emulator.setProfile({ secrets: "omitted-in-lists" });
      expect(await stack.refresh()).not.toContain("the one in the state was kept");
      emulator.setProfile({ secrets: "masked" });
      const refresh = await stack.refresh();
      for (const object of [`key ${before.keyId}`, `webhook ${before.hookId}`])
        expect(refresh).toContain(
          `Smooch now returns no secret, or only a masked one, for ${object}; the one in the state was kept`,
        );
      stack.program = program.replace('["message"]', '["postback"]');
      await stack.up();
      expect(await stack.outputs()).toEqual(before);
      await stack.expectNoChange();

      stack.program = `${program}
        smooch.SmoochKey.adopt("again", "${key?.id}", { appId: "${before.appId}", name: "${key?.name}" });`;
      const { code, output } = await stack.tryUp();
      expect(code).not.toBe(0);
      expect(output).toContain(
        `Smooch does not return the secret of key ${key?.id}, so it cannot be adopted: create a new key instead.`,
      );
      expect(await stack.outputs()).toEqual(before);
      await stack.destroy();
    }));
});
