import { definitions } from "../../../src/provider/kinds";
import { type ApiVersion, apiVersions } from "../../../src/smooch/api-version";
import type { Random } from "../../support/random";
import type { LiveObject } from "../checks/watch";
import type { Stage } from "../layers/layer";
import { currentEntry } from "../layers/state";
import { drawOther, otherKinds } from "../program/other-kinds";
import type { OutsideChange } from "../program/outside-change";
import { type Program, without } from "../program/program";
import { referencesIn, resolved } from "../program/references";
import { deleteDirectly, directClient, unlessRefused } from "./direct-client";

/** Values that no object can have, such as a number as name. */
const unreadableFields = { name: 7, displayName: 7, integrationType: 7, type: 7, triggers: 7, enabled: 7 };

/** Returns what to do once the next command has run. */
export async function changeOutside(
  stage: Stage,
  change: OutsideChange,
  program: Program,
  random: Random,
  version: ApiVersion,
  note: (line: string) => void,
): Promise<() => void> {
  const nothing = () => {};
  const entries = await stage.state();
  const own = stage.watch.live().filter(({ id }) => entries.some((entry) => entry.id === id));
  if (change === "revoke") {
    const apps = own.filter(({ kind }) => kind === "app");
    if (apps.length === 0) return nothing;
    const { id } = random.pick(apps);
    if (!stage.revoke?.(id)) return nothing;
    note(`# the service key loses access to app ${id}`);
    return () => stage.restore?.(id);
  }
  if (change === "unreadable") {
    const { emulator } = stage.watch;
    // Those that a switchboard declares itself are no objects of their own.
    const parts = emulator
      .snapshot()
      .switchboardIntegrations.filter(({ switchboardId }) => own.some(({ id }) => id === switchboardId));
    const ids = new Set([...own, ...parts].map(({ id }) => id));
    if (ids.size === 0) return nothing;
    const id = random.pick([...ids]);
    note(`# ${id} becomes unreadable`);
    emulator.overlay(id, unreadableFields);
    return () => emulator.overlay(id, {});
  }
  if (change === "edit") {
    await editOne(stage, program, random, version, note);
    return nothing;
  }
  if (change !== "exchange" && change !== "other version") await deleteOne(stage, own, random, version, note);
  if (change.endsWith("exchange") && stage.exchangeKey?.()) note("# the stack gets another account key");
  if (change.endsWith("version") && stage.useVersion !== undefined) {
    const other = random.pick(apiVersions.filter((one) => one !== version));
    note(`# the configuration sets API ${other}`);
    stage.useVersion(other);
    return () => stage.useVersion?.(version);
  }
  return nothing;
}

async function deleteOne(
  stage: Stage,
  own: readonly LiveObject[],
  random: Random,
  version: ApiVersion,
  note: (line: string) => void,
): Promise<void> {
  // In v2 an update of a webhook needs a key of its app.
  // Smooch refuses to delete an entry of a switchboard that another one hands over to.
  const isLinked = ({ id }: LiveObject) =>
    own.some(({ properties }) => properties.nextSwitchboardIntegrationId === id);
  const deletable = own.filter((one) => (one.kind !== "key" || version !== "v2") && !isLinked(one));
  if (deletable.length === 0) return;
  const object = random.pick(deletable);
  note(`# somebody deletes ${object.kind} ${object.id} in Smooch`);
  await deleteDirectly(stage, object, version);
}

/** Changes an object to something else that the program could declare. */
async function editOne(
  stage: Stage,
  program: Program,
  random: Random,
  version: ApiVersion,
  note: (line: string) => void,
): Promise<void> {
  const entries = await stage.state();
  const live = stage.watch.live();
  const liveId = (name: string) => {
    const id = currentEntry(entries, name)?.id;
    return live.some((object) => object.id === id) ? id : undefined;
  };
  const editable = program.filter(
    ({ kind, name }) => otherKinds.includes(kind) && definitions[kind].update && liveId(name),
  );
  if (editable.length === 0) return;
  const declared = random.pick(editable);
  const { kind, name, inputs: olds } = declared;
  const drawn = drawOther(declared, random, program, false);
  // Smooch refuses to delete a switchboard's default entry, so only the program may choose the first one.
  const news =
    olds.defaultIntegration === undefined ? without(without(drawn, "defaultIntegration"), "enabled") : drawn;
  const { id = "", inputs: known = {} } = currentEntry(entries, name) ?? {};
  const { address, inputs, update, replaceOn } = definitions[kind];
  const fixed = typeof replaceOn === "function" ? replaceOn(known, version) : replaceOn;
  const isThere = referencesIn(news).every((other) => liveId(other) !== undefined);
  const { data: place } = address.safeParse(known);
  if (!isThere || place === undefined || update === undefined) return;
  note(`# somebody changes ${kind} ${id} in Smooch`);
  const parsed = Object.entries(inputs.parse(resolved(news, liveId)));
  // What the program does not declare is not managed: nothing would put it right.
  const change = parsed.filter(
    ([input]) => Object.hasOwn(olds, input) && !Object.hasOwn(place, input) && !fixed.includes(input),
  );
  await stage.await(
    unlessRefused(update(directClient(stage, version), id, place, Object.fromEntries(change))),
  );
}
