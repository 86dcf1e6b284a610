import { expect, it } from "vitest";
import { makePlan } from "../../../src/cli/export/plan";
import { writeProgram } from "../../../src/cli/export/program";
import { accountOf, appId } from "./support";

it("adopts what an app has one of at most without its id", () => {
  const agents = { integrationType: "zd:agentWorkspace", deliverStandbyEvents: true };
  const switchboard = {
    id: "5a0b1c2d3e4f5a6b7c8d9e10",
    enabled: true,
    defaultIntegration: "agents",
    integrations: { agents },
    integrationIds: { agents: "5a0b1c2d3e4f5a6b7c8d9e11" },
  };
  const { groups, notes } = makePlan(accountOf({ switchboards: [switchboard] }, "v2"));
  expect(notes).toEqual([]);
  const options = { language: "typescript", adopt: true, protect: false } as const;
  expect(
    writeProgram({ groups, notes }, options),
  ).toBe(`import { SmoochApp, SmoochSwitchboard } from "pulumi-smooch";

// Support: app ${appId}
const supportApp = SmoochApp.adopt("support", "${appId}", { name: "Support" });
SmoochSwitchboard.adopt("support-switchboard", {
  appId: supportApp.id,
  enabled: true,
  defaultIntegration: "agents",
  integrations: { agents: { integrationType: "zd:agentWorkspace", deliverStandbyEvents: true } },
});
`);
});
