import { definitions } from "../../../src/provider/kinds";
import type { ApiVersion } from "../../../src/smooch/api-version";
import { identify } from "../checks/watch";
import type { Stage } from "../layers/layer";
import { currentEntry } from "../layers/state";
import { type Declared, type Program, without } from "../program/program";
import { referencesIn, resolved } from "../program/references";
import { directClient, unlessRefused } from "./direct-client";

/**
 * Creates objects with the names that the program is about to use. They belong to another user, and must be neither
 * taken over nor deleted. Creates no webhooks, because Smooch may refuse two with the same target, and no second web
 * integration. Where only one object can be, the stack's own then has to be refused.
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
    kind !== "webhook" && type !== "web" && type !== "custom";
  const missing = program.filter((one) => isFree(one) && !currentEntry(entries, one.name)).slice(0, 2);
  for (const { kind, inputs: declared } of missing) {
    // Nobody lets the entries of a switchboard hand over to those of the stack, which could not be deleted then.
    const own = without(declared, "nextSwitchboardIntegrationId");
    const inputs = resolved(own, (name) => currentEntry(entries, name)?.id);
    if (!referencesIn(own).every((name) => currentEntry(entries, name))) continue;
    const live = stage.watch.live();
    const { data: valid } = definitions[kind].inputs.safeParse(inputs);
    const isLive = identify(kind, inputs).holders.every((holder) => live.some(({ id }) => id === holder));
    if (valid === undefined || !isLive) continue;
    await stage.await(unlessRefused(definitions[kind].create(client, valid)));
  }
  if (missing.length > 0) await stage.pass(agoMs);
}
