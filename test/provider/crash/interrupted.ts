import type { Context } from "../../../src/provider/context";
import type { ApiVersion } from "../../../src/smooch/api-version";
import type { World } from "../../support/world";
import { isKeyCreate, keys, withKeys } from "../support";

export const never = new Promise<never>(() => {});
export const resource = { __resource: "dev/backend" };
export const said = (world: World) => world.said.filter((line) => line.includes("interrupted run"));

/** A run that is killed while its request is under way, applied or not. */
export async function killed(version: ApiVersion, { applied = true } = {}) {
  const made = await withKeys(version);
  const { world, context, inputs, nextProcess } = made;
  await new Promise<void>((kill) => {
    world.intercept = async (request, forward) => {
      if (!isKeyCreate(request)) return forward();
      if (applied) await forward();
      kill();
      return never;
    };
    void keys.create(context, { ...inputs, ...resource });
  });
  world.intercept = (_, forward) => forward();
  world.time += 5000;
  const [key] = world.emulator.snapshot().keys;
  const again = (process: Context = nextProcess()) => keys.create(process, { ...inputs, ...resource });
  return { ...made, key: String(key?.id), again };
}

/** A run that received an id, and is killed before its state has it. */
export async function killedAfterAnswer(version: ApiVersion) {
  const made = await withKeys(version);
  const { world, context, inputs, nextProcess } = made;
  const { id, outputs } = await keys.create(context, { ...inputs, ...resource });
  world.time += 5000;
  const again = (process: Context = nextProcess()) => keys.create(process, { ...inputs, ...resource });
  return { ...made, key: id, outputs, again };
}

export const mayBe = (ids: string) =>
  new RegExp(
    `^An interrupted run was creating this key, and may have made key ${ids}, which cannot be told apart from one that somebody else made\\. Nothing was taken over or deleted\\. If it is yours, delete it in Smooch or, unless the resource has an object already, adopt it \\(option \`import\`\\); if not, delete the file \\S+\\. Then run the same command again\\.$`,
  );
