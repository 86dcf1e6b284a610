import type { ApiVersion } from "../../src/smooch/generations/version";
import { deleteDirectly } from "./direct";
import type { Stage } from "./layer";
import type { Random } from "./random";

/** What happens past Pulumi before a command. */
export type HandWork =
  /** One of the stack's objects is deleted in Smooch. */
  | "delete"
  /** The stack is given another key of its account. */
  | "exchange"
  | "delete and exchange"
  /** A service key of the stack loses an app; after a command that must not believe it gone, the account key is used. */
  | "revoke";

export const handWorks: readonly HandWork[] = [
  "delete",
  "delete",
  "exchange",
  "delete and exchange",
  "revoke",
];

export async function workByHand(
  stage: Stage,
  work: HandWork,
  random: Random,
  version: ApiVersion,
  note: (line: string) => void,
): Promise<void> {
  const entries = await stage.state();
  const own = stage.watch.live().filter(({ id }) => entries.some((entry) => entry.id === id));
  if (work === "revoke") {
    const apps = own.filter(({ kind }) => kind === "app");
    if (apps.length === 0) return;
    const { id } = random.pick(apps);
    if (stage.revoke?.(id)) note(`# the service key loses app ${id}`);
    return;
  }
  // In v2 an update of a webhook needs a key of its app.
  const deletable = own.filter(({ kind }) => kind !== "key" || version !== "v2");
  if (work !== "exchange" && deletable.length > 0) {
    const object = random.pick(deletable);
    note(`# somebody deletes ${object.kind} ${object.id} in Smooch`);
    await deleteDirectly(stage, object, version);
  }
  if (work !== "delete" && stage.exchangeKey?.()) note("# the stack gets another account key");
}
