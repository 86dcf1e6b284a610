import type { KindName } from "../../kinds";
import { app } from "./app";
import { integration } from "./integration";
import { integrationKey } from "./integration-key";
import { key } from "./key";
import type { Kind } from "./kind";
import { menu } from "./menu";
import { serviceAccount } from "./service-account";
import { serviceAccountKey } from "./service-account-key";
import { switchboard } from "./switchboard";
import { switchboardIntegration } from "./switchboard-integration";
import { template } from "./template";
import { webhook } from "./webhook";

/** The kinds of objects in the emulated API. Code that handles all kinds iterates over this table. */
export const kinds = {
  app,
  key,
  webhook,
  integration,
  integrationKey,
  switchboard,
  switchboardIntegration,
  menu,
  template,
  serviceAccount,
  serviceAccountKey,
} as const satisfies Readonly<Record<KindName, Kind>>;
