import { type ApiVersion, apiVersions } from "../../../src/smooch/api-version";
import type { Random } from "../../support/random";
import type { LiveObject } from "../checks/watch";
import type { Stage } from "../layers/layer";
import { deleteDirectly } from "./direct-client";

/** What happens outside Pulumi before a command. */
export type OutsideChange =
  /** One of the stack's objects is deleted in Smooch. */
  | "delete"
  /** The stack gets another key of its account. */
  | "exchange"
  | "delete and exchange"
  /** The stack's service key loses access to an app during one command, which must not treat the app as gone. */
  | "revoke"
  /** For one command, the configuration sets another API version. */
  | "other version"
  | "delete, other version"
  /** Smooch returns one of the stack's objects in an unreadable form while one command runs. */
  | "unreadable";

export const outsideChanges: readonly OutsideChange[] = [
  "delete",
  "delete",
  "exchange",
  "delete and exchange",
  "revoke",
  "other version",
  "delete, other version",
  "unreadable",
];

/** Values that no object can have, such as a number as name. */
const unreadableFields = { name: 7, displayName: 7, integrationType: 7, type: 7, triggers: 7 };

/** Returns what to do once the next command has run. */
export async function changeOutside(
  stage: Stage,
  change: OutsideChange,
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
    if (own.length === 0) return nothing;
    const { kind, id } = random.pick(own);
    note(`# ${kind} ${id} becomes unreadable`);
    const { emulator } = stage.watch;
    emulator.overlay(id, unreadableFields);
    return () => emulator.overlay(id, {});
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
  const deletable = own.filter(({ kind }) => kind !== "key" || version !== "v2");
  if (deletable.length === 0) return;
  const object = random.pick(deletable);
  note(`# somebody deletes ${object.kind} ${object.id} in Smooch`);
  await deleteDirectly(stage, object, version);
}
