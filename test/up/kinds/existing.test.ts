import { describe, expect, it } from "vitest";
import type { ApiVersion } from "../../../src/smooch/api-version";
import { dynamicDoor } from "../../support/door";
import { byHand } from "../../support/hand";
import { scenario } from "../../support/stack";
import { writes } from "../../support/trio";

/** What a person made in an account, as one call after the other, and a program's arguments for it. */
async function makeLegacy(api: Parameters<typeof byHand>[0], version: ApiVersion) {
  const make = (path: string, body: object) => byHand(api, "POST", `/${version}/${path}`, body);
  const { _id: appId } = await make("apps", { name: "App" });
  const { _id: channelId } = await make(`apps/${appId}/integrations`, { type: "telegram", token: "123:abc" });
  const items = [{ type: "postback", text: "Talk", payload: "TALK" }];
  for (const path of ["menu", `integrations/${channelId}/menu`])
    await byHand(api, "PUT", `/${version}/apps/${appId}/${path}`, { items });
  const message = { role: "appMaker", type: "text", text: "Hello" };
  const { _id: templateId } = await make(`apps/${appId}/templates`, { name: "welcome", message });
  const { _id: accountId } = await make("serviceaccounts", { name: "partner" });
  const { _id: keyId } = await make(`serviceaccounts/${accountId}/keys`, { name: "key" });
  const ofApp = { appId };
  const ofAccount = { serviceAccountId: accountId };
  return [
    ["Menu", undefined, ofApp, { items }],
    ["Menu", undefined, { ...ofApp, integrationId: channelId }, { items }],
    ["Template", templateId, ofApp, { name: "welcome", message }],
    ["ServiceAccount", accountId, {}, { name: "partner" }],
    ["ServiceAccountKey", keyId, ofAccount, { name: "key", keepers: { n: 1 } }],
  ] as const;
}

async function makeV2(api: Parameters<typeof byHand>[0]) {
  const { id: appId } = await byHand(api, "POST", "/v2/apps", { displayName: "App" });
  const integrations = `/v2/apps/${appId}/integrations`;
  const { id: botId } = await byHand(api, "POST", integrations, {
    type: "custom",
    displayName: "bot",
    webhooks: [{ target: "https://bot.example", triggers: ["conversation:message"] }],
  });
  const { id: keyId } = await byHand(api, "POST", `${integrations}/${botId}/keys`, { displayName: "key" });
  return [
    ["IntegrationKey", keyId, { appId, integrationId: botId }, { name: "key", keepers: { n: 1 } }],
  ] as const;
}

// The kinds of v1 are the same in v1.1.
describe.each(["v1", "v2"] as const)("what exists in %s", (version) => {
  it("is adopted unchanged, and read without being managed", () =>
    scenario(
      async (api, start) => {
        const { emulator } = api;
        const made = version === "v2" ? await makeV2(api) : await makeLegacy(api, version);
        const before = emulator.snapshot();
        emulator.requests.length = 0;
        const calls = (method: "adopt" | "get") =>
          made.map(([type, id, address, rest], index) => {
            const args = { ...address, ...(method === "adopt" && rest) };
            const given = [`${method}${index}`, ...(id === undefined ? [] : [id]), args];
            const parameters = given.filter(
              (one) => method === "adopt" || Object.keys(Object(one)).length > 0,
            );
            return `smooch.Smooch${type}.${method}(${parameters.map((one) => JSON.stringify(one)).join(", ")})`;
          });
        const program = (methods: ("adopt" | "get")[]) => `
          const all = [${methods.flatMap(calls).join(",\n")}];
          exports.ids = all.map(({ id }) => id);
          exports.tokens = all.map(({ jwt }) => jwt).filter((jwt) => jwt !== undefined);`;
        const stack = start(program(["adopt", "get"]), dynamicDoor);
        await stack.up();
        const { ids, tokens } = await stack.outputs();
        expect(writes(api)).toEqual([]);
        expect(emulator.snapshot()).toEqual(before);
        const own = made.map(([, id, address]) => id ?? `menu-${Object.values(address).at(-1)}`);
        expect(ids).toEqual([...own, ...own]);
        expect(
          stack
            .resources()
            .map(({ id }) => id)
            .toSorted(),
        ).toEqual([...own, ...own].toSorted());
        expect(tokens).toHaveLength(2);
        for (const token of new Set(tokens as string[])) expect(stack.stateFile()).not.toContain(token);
        for (const { secret } of [...before.integrationKeys, ...before.serviceAccountKeys])
          expect(stack.stateFile()).not.toContain(secret);
        await stack.expectNoChange();
        expect(await stack.refresh()).toContain(`${2 * own.length + 1} unchanged`);

        stack.program = program(["adopt"]);
        await stack.destroy();
        expect(emulator.snapshot()).toMatchObject({
          menus: [],
          templates: [],
          serviceAccounts: [],
          integrationKeys: [],
        });
        for (const { id } of before.apps) await byHand(api, "DELETE", `/${version}/apps/${id}`);
      },
      {},
      version,
    ));
});
