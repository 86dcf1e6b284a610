import { describe, expect, it } from "vitest";
import { scenario } from "../support/stack";
import { everyGeneration } from "../support/wire";

const program = (rotated: string) => `
  const app = new smooch.SmoochApp("support");
  const key = new smooch.SmoochKey("backend", { appId: app.id, keepers: { rotated: ${JSON.stringify(rotated)} } });
  Object.assign(exports, { appId: app.id, keyId: key.id, jwt: key.jwt });`;

describe.each(everyGeneration)("rotating a key by its keepers on %s", (version, wire) => {
  it("makes the new key before it revokes the old one", () =>
    scenario(
      async ({ url, emulator }, start) => {
        const stack = await start(program("2026-11"));
        await stack.up();
        const before = await stack.outputs();
        const statusOf = async (jwt: unknown) =>
          (await fetch(url + wire.asApp(before.appId), { headers: { authorization: `Bearer ${jwt}` } }))
            .status;
        expect(await statusOf(before.jwt)).toBe(200);

        stack.program = program("2026-12");
        const preview = await stack.preview();
        expect(preview).toContain("+-1 to replace");
        expect(preview).toMatch(/rotated: "2026-11" => "2026-12"/);

        emulator.requests.length = 0;
        await stack.up();
        const writes = emulator.requests.filter(({ method }) => method !== "GET").map(({ method }) => method);
        expect(writes).toEqual(["POST", "DELETE"]);

        const after = await stack.outputs();
        expect(after.keyId).not.toBe(before.keyId);
        expect(emulator.snapshot().keys.map(({ id }) => id)).toEqual([after.keyId]);
        expect(await statusOf(after.jwt)).toBe(200);
        expect(await statusOf(before.jwt)).toBe(401);
        await stack.expectNoChange();
        await stack.destroy();
      },
      {},
      version,
    ));
});
