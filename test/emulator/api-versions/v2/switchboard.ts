import { Bench } from "../../support";

/** An app with a switchboard that has one switchboard integration, and a function that adds another. */
export async function setUpSwitchboard() {
  const bench = new Bench();
  const appId = await bench.createApp();
  const { path, switchboard, agents } = await bench.createSwitchboard(appId);
  const list = `${path}/switchboardIntegrations`;
  const add = async (body: object) =>
    (await bench.expect(201, "POST", list, { body: { integrationType: "zd:answerBot", ...body } }))
      .switchboardIntegration;
  const patch = (url: string, body: object) => bench.expect(200, "PATCH", url, { body });
  const names = async () => {
    const { switchboardIntegrations } = await bench.expect(200, "GET", list);
    return switchboardIntegrations.map(({ name }: { name: string }) => name);
  };
  return { bench, appId, path, switchboard, agents, list, add, patch, names };
}
