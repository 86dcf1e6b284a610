import jsonwebtoken from "jsonwebtoken";
import { describe, expect, it } from "vitest";
import { inlineDoor, processDoor } from "../support/door";
import { byHand } from "../support/hand";
import { scenes } from "../support/stack";
import { trio, writes } from "../support/trio";
import { everyApiVersion, words } from "../support/words";

const program = (changes: { appName?: string; rotated?: string; target?: string; triggers: string[] }) => {
  const { appName = "Support", rotated = "2026-11", target = "https://bot.example/in", triggers } = changes;
  const declared = {
    name: JSON.stringify(appName),
    settings: "{ useAnimalNames: true }",
    metadata: '{ tier: "gold" }',
    keepers: JSON.stringify({ rotated }),
    target: JSON.stringify(target),
    triggers: JSON.stringify(triggers),
  };
  return `${trio({}, declared)}
  Object.assign(exports, { appToken: app.appToken, secret: key.secret, jwt: key.jwt, hookSecret: hook.secret });`;
};

/** Every API version with the plugin, and the first with dynamic resources too. */
const lives = [
  ...everyApiVersion.map(([version, wire]) => ["the plugin", version, wire, inlineDoor] as const),
  ["dynamic resources", "v1", words.v1, processDoor] as const,
];

describe.each(lives)("the life of an app with a key and a webhook, by %s on %s", (_, version, wire, door) => {
  const { message: all, postback, fromUser } = wire;
  const life = scenes(program({ triggers: [postback, fromUser] }), version, door);
  const snapshot = () => life.stack.emulator.emulator.snapshot();

  async function statusAsApp(appId: unknown, jwt: unknown): Promise<number> {
    const headers = { authorization: `Bearer ${jwt}` };
    return (await fetch(life.stack.emulator.url + wire.asApp(appId), { headers })).status;
  }

  it("begins by creating all three, with outputs from Smooch, and leaves no change to make", async () => {
    const { stack } = life;
    await stack.up();
    const { appId, appToken, keyId, secret, jwt, hookId, hookSecret } = await stack.outputs();
    const made = snapshot();
    expect(made.apps).toMatchObject([{ id: appId, name: "Support", metadata: { tier: "gold" } }]);
    // v2 has no app token.
    expect(appToken).toBe(version === "v2" ? undefined : made.apps[0]?.appToken);
    expect(made.keys).toMatchObject([{ id: keyId, appId, name: "backend", secret }]);
    const hook = { appId, target: "https://bot.example/in", triggers: [postback, fromUser], version };
    expect(made.webhooks).toMatchObject([{ ...hook, secret: hookSecret }]);
    expect(made.webhooks[0]?.[version === "v2" ? "integrationId" : "id"]).toBe(hookId);
    expect(jsonwebtoken.verify(String(jwt), String(secret), { complete: true })).toMatchObject({
      header: { alg: "HS256", kid: keyId },
      payload: { scope: "app" },
    });
    expect(await statusAsApp(appId, jwt)).toBe(200);

    // The order of triggers does not matter.
    stack.program = program({ triggers: [fromUser, postback] });
    await stack.expectNoChange();
  });

  it("updates app and webhook in place, and creates the new key before it revokes the old one", async () => {
    const { stack } = life;
    const before = await stack.outputs();
    const target = "https://bot.example/v2";
    stack.program = program({ appName: "Help", rotated: "2026-12", target, triggers: [all] });
    const [hook] = snapshot().webhooks;
    stack.emulator.emulator.requests.length = 0;
    const output = await stack.up("--diff");
    for (const text of ["~ 2 updated", "+-1 replaced", 'rotated: "2026-11" => "2026-12"'])
      expect(output).toContain(text);
    const { keyId, jwt, ...kept } = await stack.outputs();
    const onKeys = writes(stack.emulator).filter((operation) => !operation.startsWith("update"));
    expect(onKeys).toEqual(["createKey", "deleteKey"]);
    expect(keyId).not.toBe(before.keyId);
    expect(kept).toEqual({ ...before, keyId: undefined, jwt: undefined, secret: kept.secret });
    expect(snapshot()).toMatchObject({
      apps: [{ id: before.appId, name: "Help", metadata: { tier: "gold" } }],
      keys: [{ id: keyId, secret: kept.secret }],
      webhooks: [{ id: hook?.id, target, triggers: [all], secret: before.hookSecret }],
    });
    expect(await statusAsApp(before.appId, jwt)).toBe(200);
    expect(await statusAsApp(before.appId, before.jwt)).toBe(401);
    await stack.expectNoChange();
  });

  it("shows changes behind Pulumi's back in refresh, and reverts them with the next up", async () => {
    const { stack } = life;
    const { appId, keyId, secret } = await stack.outputs();
    await byHand(stack.emulator, wire.update, wire.app(appId), {
      [wire.name]: "Renamed",
      settings: { useAnimalNames: false, maskCreditCardNumbers: false },
      metadata: { tier: "gold", note: "by hand" },
    });
    // In v2 only a key of the app may do this.
    const appKey = { keyId: String(keyId), secret: String(secret) };
    const hookPath = wire.webhook(snapshot(), appId);
    await byHand(stack.emulator, wire.update, hookPath, { triggers: [postback] }, appKey);

    const refresh = await stack.refresh("--diff");
    for (const text of ["Renamed", "by hand", postback]) expect(refresh).toContain(text);
    expect(refresh).not.toContain("maskCreditCardNumbers");

    expect(await stack.up()).toContain("~ 2 updated");
    // A setting that the program does not declare keeps the value that was set by hand.
    const settings = { useAnimalNames: true, maskCreditCardNumbers: false };
    expect(snapshot()).toMatchObject({
      apps: [{ name: "Help", settings, metadata: { tier: "gold" } }],
      webhooks: [{ triggers: [all] }],
    });
    expect(await stack.refresh("--diff")).toContain("4 unchanged");
  });

  it("recreates what was deleted behind Pulumi's back", async () => {
    const { stack } = life;
    const { appId, keyId, hookId } = await stack.outputs();
    await byHand(stack.emulator, "DELETE", wire.key(appId, keyId));
    await byHand(stack.emulator, "DELETE", `${wire.asApp(appId)}/${hookId}`);
    expect(await stack.refresh()).toContain("- 2 deleted");
    expect(await stack.up()).toMatch(/\+ 2 created\s+2 unchanged/);
    const again = await stack.outputs();
    expect(snapshot()).toMatchObject({
      keys: [{ id: again.keyId }],
      webhooks: [{ secret: again.hookSecret }],
    });
  });

  it("ends with destroy, even if the key and the app are already gone", async () => {
    const { stack } = life;
    const { appId, keyId } = await stack.outputs();
    await byHand(stack.emulator, "DELETE", wire.key(appId, keyId));
    await byHand(stack.emulator, "DELETE", wire.app(appId));
    expect(await stack.destroy()).toContain("- 4 deleted");
    expect(stack.resources()).toEqual([]);
  });
});
