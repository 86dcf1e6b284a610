import type { KindName } from "../../kinds";
import { app } from "./app";
import { integration } from "./integration";
import { key } from "./key";
import type { Kind } from "./kind";
import { webhook } from "./webhook";

/** The kinds of objects in the emulated API. Code that handles all kinds iterates over this table. */
export const kinds = {
  app,
  key,
  webhook,
  integration,
} as const satisfies Readonly<Record<KindName, Kind>>;
