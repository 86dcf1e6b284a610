import { describe, expect, it } from "vitest";
import { apiVersions } from "../../../src/smooch/api-version";
import { signJwt } from "../../../src/smooch/jwt";
import { pluginDoor } from "../../support/door";
import { byHand } from "../../support/hand";
import { scenario } from "../../support/stack";
import { writes } from "../../support/trio";
import { everything } from "./programs";

describe.each(apiVersions)("a YAML program in %s", (version) => {
  it("creates, previews, changes, rotates, refreshes and destroys all kinds, with secrets encrypted in the state", () =>
    scenario(
      async (api, start) => {
        const { emulator } = api;
        const stack = start(everything({ rotated: "1", color: "00838f" }), pluginDoor);
        expect(await stack.preview()).toContain("6 to create");
        expect(emulator.requests).toEqual([]);
        await stack.up();
        const { appId, keyId, secret, jwt, found, signed } = await stack.outputs();
        expect(emulator.snapshot().keys).toMatchObject([{ id: keyId, appId, name: "backend", secret }]);
        expect(jwt).toBe(signJwt({ keyId: String(keyId), secret: String(secret) }));
        expect(signed).toBe(jwt);
        expect(found).toMatchObject({ id: appId, name: "support" });
        const { keys, webhooks } = emulator.snapshot();
        for (const hidden of ["plain-in-yaml", ...[...keys, ...webhooks].map((one) => String(one.secret))])
          expect(stack.stateFile()).not.toContain(hidden);
        await stack.expectNoChange();

        emulator.requests.length = 0;
        stack.program = everything({ rotated: "2", color: "112233" });
        await stack.up();
        expect(writes(api).toSorted()).toEqual(["createKey", "deleteKey", "updateIntegration"]);
        expect((await stack.outputs()).keyId).not.toBe(keyId);
        await stack.expectNoChange();

        const path = version === "v2" ? `/v2/apps/${appId}` : `/${version}/apps/${appId}`;
        await byHand(
          api,
          version === "v2" ? "PATCH" : "PUT",
          path,
          version === "v2" ? { displayName: "Other" } : { name: "Other" },
        );
        expect(await stack.refresh()).toContain("1 updated");
        expect(await stack.preview()).toMatch(/name *: "Other" => "support"/);
        await stack.up();
        expect(emulator.snapshot().apps).toMatchObject([{ name: "support" }]);
        await stack.destroy();
      },
      {},
      version,
    ));
});

it("uses an explicit provider for a second account, and leaves both empty", () =>
  scenario(async (api, start) => {
    const { emulator } = api;
    const { accountKeyId, accountKeySecret } = emulator.addAccount();
    const stack = start(
      `resources:
  second:
    type: pulumi:providers:smooch
    properties: { accountKeyId: "${accountKeyId}", accountKeySecret: "${accountKeySecret}", baseUrl: "${api.url}", apiVersion: v2 }
  own: { type: "smooch:App" }
  other: { type: "smooch:App", options: { provider: "\${second}" } }
  otherKey:
    type: smooch:Key
    properties: { appId: "\${other.id}" }
    options: { provider: "\${second}" }`,
      pluginDoor,
    );
    await stack.up();
    const [own, other] = ["own", "other"].map((name) => stack.resource(name).outputs.__seenBy);
    expect(own).toBe(`${api.accountKeyId}@${new URL(api.url).host}/v1`);
    expect(other).toBe(`${accountKeyId}@${new URL(api.url).host}/v2`);
    expect(stack.stateFile()).not.toContain(accountKeySecret);
    await stack.expectNoChange();
    await stack.destroy();
  }));
