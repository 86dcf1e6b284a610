import { expect, it } from "vitest";
import { key } from "../../../src/provider/kinds/key";
import { lifecycle } from "../../../src/provider/lifecycle";
import { apiVersions } from "../../../src/smooch/api-version";
import { toSmoochError } from "../../../src/smooch/errors";
import { withKeys } from "../support";

// Keys as if an app could have at most one: the rule is the same for any such kind.
const only = lifecycle({ ...key, isSingleton: true });

it("a singleton is looked for if an earlier attempt may have made it and the last was refused", async () => {
  const { world, context, inputs } = await withKeys("v1");
  const subject = { operation: "update", resource: "the key" };
  const repeated = lifecycle({
    ...key,
    isSingleton: true,
    async create(smooch) {
      await key.create(smooch, inputs);
      throw toSmoochError(
        subject,
        { kind: "refused", status: 404, clockSkewMs: 0 },
        "https://api.smooch.io",
        true,
      );
    },
  });
  const { id } = await repeated.create(context, inputs);
  expect(world.emulator.snapshot().keys.map((made) => made.id)).toEqual([id]);
});

it.each(apiVersions)(
  "with API %s an app has at most one, and an existing one is not overwritten",
  async (version) => {
    const { world, context, nextProcess, inputs } = await withKeys(version);
    const { id } = await only.create(context, inputs);
    world.journal.recorded(id);
    const refusal = `Smooch already has key ${id}, and does not create a second one. Nothing was changed. Delete that key if nothing uses it, or adopt it, then run the same command again.`;
    world.writes.length = 0;
    await expect(only.create(nextProcess(), inputs)).rejects.toThrow(refusal);
    world.emulator.overlay(id, { name: 7, displayName: 7 });
    await expect(only.create(nextProcess(), inputs)).rejects.toThrow(refusal);
    expect(world.writes).toEqual([]);
  },
);
