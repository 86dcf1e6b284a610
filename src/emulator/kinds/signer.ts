import type { Caller, Signer } from "../caller";
import type { Collection } from "../children";
import type { App } from "../model";
import type { Store } from "../store";

interface SigningKey {
  readonly id: string;
  readonly secret: string;
}

/**
 * Returns a function that finds these keys of apps by id. It looks in the current store even for stale reads: otherwise
 * a new key could not make one.
 */
export function signerFinder<Key extends SigningKey>(
  keys: Collection<Key>,
  callerOf: (app: App, key: Key) => Caller,
) {
  return (store: Store, id: string): Signer | undefined => {
    const present = find(keys, store.present, id);
    const app = store.apps.get(present?.app.id ?? "");
    const found = present !== undefined && app !== undefined ? { ...present, app } : find(keys, store, id);
    return found && { caller: callerOf(found.app, found.key), secret: found.key.secret };
  };
}

function find<Key extends SigningKey>(
  keys: Collection<Key>,
  { apps }: Store,
  id: string,
): { app: App; key: Key } | undefined {
  for (const app of apps.values()) {
    const key = keys.of(app).get(id);
    if (key !== undefined) return { app, key };
  }
  return undefined;
}
