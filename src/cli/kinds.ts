import type { Kind } from "../provider/kind";
import { app } from "../provider/kinds/app";
import { integration } from "../provider/kinds/integration";
import { key } from "../provider/kinds/key";
import { webhook } from "../provider/kinds/webhook";
import type { KindName } from "../resources/reference";

/** What the provider knows of each kind, for commands that have to see things as it does. */
export const kinds: Readonly<Record<KindName, Kind>> = { app, key, webhook, integration };
