import type { ApiVersion } from "../../../src/smooch/api-version";
import type { Stage } from "../layers/layer";
import { currentEntry } from "../layers/state";
import type { Declared, Program } from "../program/program";
import { directClient } from "./direct-client";

/**
 * Creates objects with the names that the program is about to use. They belong to another user, and must be neither
 * taken over nor deleted. Creates no webhooks, because Smooch may refuse two with the same target, and no second web
 * integration.
 */
export async function placeNamesakes(
  stage: Stage,
  program: Program,
  version: ApiVersion,
  agoMs: number,
): Promise<void> {
  const entries = await stage.state();
  const client = directClient(stage, version);
  const isFree = ({ kind, inputs: { type } }: Declared) =>
    ["app", "key", "integration"].includes(kind) && type !== "web" && type !== "custom";
  const missing = program.filter((one) => isFree(one) && !currentEntry(entries, one.name)).slice(0, 2);
  for (const { kind, app, inputs } of missing) {
    const appId = app && currentEntry(entries, app)?.id;
    const name = String(inputs.name);
    if (kind === "app") await stage.await(client.apps.create({ name }));
    else if (appId && stage.watch.live().some(({ id }) => id === appId)) {
      const create: Promise<{ id: string }> =
        kind === "key"
          ? client.keys.create(appId, { name })
          : client.integrations.create(appId, { ...inputs, type: String(inputs.type) });
      await stage.await(create);
    }
  }
  if (missing.length > 0) await stage.pass(agoMs);
}
