import { childrenOf, idInput, type KindName } from "../../kinds";
import { existsIn, type Kind } from "../kind";
import { app } from "./app";
import { integration } from "./integration";
import { integrationKey } from "./integration-key";
import { key } from "./key";
import { menu } from "./menu";
import { serviceAccount } from "./service-account";
import { serviceAccountKey } from "./service-account-key";
import { switchboard } from "./switchboard";
import { switchboardIntegration } from "./switchboard-integration";
import { template } from "./template";
import { webhook } from "./webhook";

/** The definitions of all kinds. */
export const definitions: Readonly<Record<KindName, Kind>> = {
  app: { ...app, isEmpty: holdsNothing("app") },
  key,
  webhook,
  integration,
  integrationKey,
  switchboard,
  switchboardIntegration,
  menu,
  template,
  serviceAccount: { ...serviceAccount, isEmpty: holdsNothing("serviceAccount") },
  serviceAccountKey,
};

/**
 * Whether an object holds nothing. One after the other, the kinds that it gets first come last: a check that ran early
 * could miss those added meanwhile.
 */
function holdsNothing(parent: KindName): NonNullable<Kind["isEmpty"]> {
  return async (smooch, id) => {
    const { version } = smooch;
    for (const child of childrenOf(parent).toReversed()) {
      const kind = definitions[child];
      if (!existsIn(kind, version)) continue;
      const { items, unreadable } = await kind.siblings(smooch, { [idInput(parent)]: id, version });
      if (items.length + unreadable.length > 0) return false;
    }
    return true;
  };
}
