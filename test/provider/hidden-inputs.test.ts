import { describe, expect, it } from "vitest";
import type { Properties } from "../../src/provider/kind";
import type { ApiVersion } from "../../src/smooch/api-version";
import { apps, integrations, withApp } from "./support";

/** The context of a process whose configuration names another API version. */
function through({ world }: Pick<Awaited<ReturnType<typeof withApp>>, "world">, version: ApiVersion) {
  const context = world.context();
  const credential = context.credential.replace(/v[\d.]+$/, version);
  return { ...context, smooch: context.smooch.in(version), credential };
}

describe("a refresh through an API version that does not return an input", () => {
  it("keeps an app's setting from the state, and reads the others", async () => {
    const made = await withApp("v1.1");
    const settings = { echoPostback: true, useAnimalNames: false };
    const { id, outputs } = await apps.create(made.context, { name: "Desk", settings });
    await made.world.client().apps.update(id, { settings: { echoPostback: false, useAnimalNames: true } });
    const read = async (version: ApiVersion) =>
      (await apps.read(through(made, version), id, outputs))?.outputs;
    expect((await read("v1"))?.settings).toEqual({ echoPostback: true, useAnimalNames: true });
    expect((await read("v1.1"))?.settings).toEqual({ echoPostback: false, useAnimalNames: true });
  });

  it.each<[string, Properties, string]>([
    ["keeps an integration's name from the state", { type: "web" }, "Main"],
    [
      "reads the name of a custom integration, which is always read through v2",
      { type: "custom", webhooks: [{ target: "https://a.example", triggers: ["user:merge"] }] },
      "Spare",
    ],
  ])("%s", async (_, channel, displayName) => {
    const made = await withApp("v2");
    const inputs: Properties = { appId: made.appId, displayName: "Main", ...channel };
    const { id, outputs } = await integrations.create(made.context, inputs);
    const type = String(inputs.type);
    await made.world.client().integrations.update(made.appId, id, { type, displayName: "Spare" });
    const seen = await integrations.read(through(made, "v1"), id, outputs);
    expect(seen?.outputs.displayName).toBe(displayName);
  });
});
