import jsonwebtoken from "jsonwebtoken";
import { describe, expect, it } from "vitest";
import type { ApiVersion } from "../../../src/smooch/api-version";
import { inlineDoor } from "../../support/door";
import { byHand } from "../../support/hand";
import { LeakScanner } from "../../support/leaks";
import { scenes } from "../../support/stack";
import { writes } from "../../support/trio";
import { bot } from "./programs";

const days = 24 * 60 * 60 * 1000;

interface KeyKind {
  label: string;
  scope: string;
  /** What holds the key. */
  holder: string;
  holderArgs: string;
  keys: "integrationKeys" | "serviceAccountKeys";
  /** The path of what holds the keys. */
  path(appId: unknown, holderId: unknown): string;
  /** A path that a key may read. */
  readable(appId: unknown, holderId: unknown): string;
}

const ofServiceAccount = (version: ApiVersion): KeyKind => ({
  label: "ServiceAccountKey",
  scope: "account",
  holder: 'const holder = new smooch.SmoochServiceAccount("holder");',
  holderArgs: "serviceAccountId: holder.id",
  keys: "serviceAccountKeys",
  path: (_, holderId) => `/${version}/serviceaccounts/${holderId}`,
  readable: () => `/${version}/apps`,
});

const ofIntegration: KeyKind = {
  label: "IntegrationKey",
  scope: "integration",
  holder: bot("holder"),
  holderArgs: "appId: app.id, integrationId: holder.id",
  keys: "integrationKeys",
  path: (appId, holderId) => `/v2/apps/${appId}/integrations/${holderId}`,
  readable: (appId, holderId) => `/v2/apps/${appId}/integrations/${holderId}/webhooks`,
};

describe.each<[ApiVersion, KeyKind]>([
  ["v1", ofServiceAccount("v1")],
  ["v1.1", ofServiceAccount("v1.1")],
  ["v2", ofIntegration],
])("the life of a key in %s", (version, { label, scope, holder, holderArgs, keys, path, readable }) => {
  const program = (args: string) => `
    const app = new smooch.SmoochApp("app");
    ${holder}
    const key = new smooch.Smooch${label}("backend", { ${holderArgs}, ${args} });
    Object.assign(exports, { appId: app.id, holderId: holder.id, keyId: key.id, secret: key.secret, jwt: key.jwt });`;
  const life = scenes(program("rotateAfterDays: 30"), version, inlineDoor);
  const ids = () => life.stack.emulator.emulator.snapshot()[keys].map(({ id }) => id);

  async function statusWith({ appId, holderId, jwt }: Record<string, unknown>): Promise<number> {
    const headers = { authorization: `Bearer ${jwt}` };
    return (await fetch(life.stack.emulator.url + readable(appId, holderId), { headers })).status;
  }

  it("begins with a token that Smooch accepts, and no secret in plain text", async () => {
    const { stack } = life;
    stack.emulator.emulator.shiftClock(-31 * days);
    const output = (await stack.preview()) + (await stack.up());
    const outputs = await stack.outputs();
    const { keyId, secret, jwt } = outputs;
    expect(ids()).toEqual([keyId]);
    expect(jsonwebtoken.verify(String(jwt), String(secret), { complete: true })).toMatchObject({
      header: { alg: "HS256", kid: keyId },
      payload: { scope },
    });
    expect(await statusWith(outputs)).toBe(200);
    const scanner = new LeakScanner();
    scanner.watch("secret", secret);
    scanner.watch("jwt", jwt);
    scanner.scan("output", output);
    scanner.scan("state", stack.stateFile());
    expect(scanner.leaks).toEqual([]);
    expect([...scanner.seen.values()].every((length) => length > 50)).toBe(true);
  });

  it("replaces the key when it is too old, and when a keeper changes: the new one comes first", async () => {
    const { stack } = life;
    const { emulator } = stack.emulator;
    emulator.shiftClock(0);
    for (const args of ["rotateAfterDays: 30", "rotateAfterDays: 30, keepers: { rotated: 2 }"]) {
      const old = await stack.outputs();
      stack.program = program(args);
      emulator.requests.length = 0;
      const output = await stack.up();
      expect(output).toContain("+-1 replaced");
      expect(output.includes(`key ${old.keyId} is 31 days old, which is past its rotateAfterDays`)).toBe(
        args === "rotateAfterDays: 30",
      );
      expect(writes(stack.emulator)).toEqual([`create${label}`, `delete${label}`]);
      const outputs = await stack.outputs();
      expect(ids()).toEqual([outputs.keyId]);
      expect([await statusWith(old), await statusWith(outputs)]).toEqual([401, 200]);
    }
    await stack.expectNoChange();
    expect(await stack.refresh()).toContain("4 unchanged");
  });

  it("recreates a key that was deleted by hand", async () => {
    const { stack } = life;
    const { appId, holderId, keyId } = await stack.outputs();
    await byHand(stack.emulator, "DELETE", `${path(appId, holderId)}/keys/${keyId}`);
    expect(await stack.refresh()).toContain("- 1 deleted");
    expect(await stack.up()).toContain("+ 1 created");
    expect(ids()).toEqual([(await stack.outputs()).keyId]);
  });

  it("ends with destroy, which revokes the key by its own call", async () => {
    const { stack } = life;
    const outputs = await stack.outputs();
    stack.emulator.emulator.requests.length = 0;
    await stack.destroy();
    expect(writes(stack.emulator)[0]).toBe(`delete${label}`);
    expect(await statusWith(outputs)).toBe(401);
  });
});
