import { describe, expect, it } from "vitest";
import { definitions } from "../../../src/provider/kinds";
import { lifecycle } from "../../../src/provider/lifecycle";
import { open, openWithObject, rowOf } from "./subjects";

const entries = lifecycle(definitions.switchboardIntegration);
const row = rowOf("switchboardIntegration", "v2");
const now = { now: 0, version: "v2" } as const;

describe("a switchboard integration", () => {
  it("hands over to another one, and no longer does once that is not declared", async () => {
    const { context, address, inputs, id, state, world } = await openWithObject(row);
    const next = await entries.create(context, {
      ...address,
      name: "agents",
      integrationType: "zd:agentWorkspace",
    });
    const linked = { ...inputs, nextSwitchboardIntegrationId: next.id };
    expect(entries.diff(id, state, linked, now)).toEqual({});
    const updated = await entries.update(context, id, state, linked);
    expect(updated).toEqual({ ...state, nextSwitchboardIntegrationId: next.id });
    await expect(entries.delete(context, next.id, next.outputs)).rejects.toThrow("(HTTP 400)");

    const { messageHistoryCount: _, ...less } = inputs;
    const { warnings } = entries.check(context.session, "v2", updated, less);
    expect(warnings).toEqual([]);
    world.writes.length = 0;
    const cleared = await entries.update(context, id, updated, less);
    expect(world.writes.map(([, body]) => body)).toEqual([
      { nextSwitchboardIntegrationId: null, messageHistoryCount: null },
    ]);
    expect(cleared).toEqual({ ...less, __seenBy: context.credential });
    await entries.delete(context, next.id, next.outputs);
  });

  it("shows either its id or its type, whichever is declared", async () => {
    const { context, address } = await open(row);
    const inputs = { ...address, name: "agents", integrationType: "zd:agentWorkspace" };
    const { id, outputs } = await entries.create(context, inputs);
    expect(outputs).toEqual({ ...inputs, __seenBy: context.credential });
    const found = await entries.import(context, id, address);
    expect(found.inputs).toEqual({ ...inputs, deliverStandbyEvents: true });
  });

  it("is checked in the preview", async () => {
    const { context, address, inputs } = await open(row);
    const check = (more: object) =>
      entries
        .check(context.session, "v2", {}, { ...inputs, ...more })
        .failures.map(({ property, reason }) => `${property} ${reason}`);
    expect(check({ integrationType: "zd:agentWorkspace" })).toEqual([
      "integrationId cannot be given together with integrationType",
    ]);
    expect(check({ integrationId: undefined })).toEqual([
      "integrationId is required, unless integrationType is given",
    ]);
    expect(check({ name: "a bot", messageHistoryCount: 0, deliverStandbyEvents: "yes" })).toEqual([
      "name must have 1 to 128 characters: letters, digits, - and _",
      "deliverStandbyEvents must be true or false",
      "messageHistoryCount must be from 1 to 10",
    ]);
    expect(check({ name: undefined, __resource: "dev/bot" })).toEqual([]);
    expect(check({ ...address, appId: "../x" })).toEqual([expect.stringMatching(/^appId must be an id/)]);
  });

  it("explains the limit of its switchboard", async () => {
    const { context, inputs } = await open(row);
    for (let n = 0; n < 10; n++) await entries.create(context, { ...inputs, name: `bot${n}` });
    await expect(entries.create(context, inputs)).rejects.toThrow(
      "the switchboard already has 10 switchboard integrations, the most Smooch allows (HTTP 400). Delete one, or declare it in another switchboard.",
    );
  });
});
