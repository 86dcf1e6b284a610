import type { KindName } from "../../kinds";
import type { Kind } from "../kind";
import { app } from "./app";
import { integration } from "./integration";
import { key } from "./key";
import { webhook } from "./webhook";

/** The definitions of all kinds. */
export const definitions: Readonly<Record<KindName, Kind>> = {
  app,
  key,
  webhook,
  integration,
};
