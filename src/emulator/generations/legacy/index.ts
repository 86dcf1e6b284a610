import type { ApiError } from "../../errors";
import type { Generation } from "../generation";
import { appRoutes } from "./apps";
import { appUserRoutes } from "./appusers";
import type { Dialect } from "./dialect";
import { integrationRoutes } from "./integrations";
import { keyRoutes } from "./keys";
import { messageRoutes } from "./messages";
import { webhookRoutes } from "./webhooks";

/** A generation of before v2: v1 and v1.1 differ in little more than what they know. */
export function legacyGeneration(dialect: Dialect): Generation {
  const { version } = dialect;
  return {
    version,
    routes: [
      ...appRoutes(dialect),
      ...keyRoutes(version),
      ...webhookRoutes(dialect),
      ...integrationRoutes(dialect),
      ...appUserRoutes(dialect),
      ...messageRoutes(version),
    ],
    writeError,
    writeEvent: dialect.writeEvent,
  };
}

interface ErrorWire {
  readonly error: { readonly code: string; readonly description: string };
}

// legacy.md 7.1 and 7.2
const codes: { readonly [code: string]: string } = {
  user_not_found: "not_found",
  conversation_not_found: "not_found",
};

function writeError({ code, description }: ApiError): ErrorWire {
  return { error: { code: codes[code] ?? code, description } };
}
