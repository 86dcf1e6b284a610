import type { ApiError } from "../../errors";
import type { Generation } from "../generation";
import { appRoutes } from "./apps";
import { appUserRoutes } from "./appusers";
import { writeEvent } from "./event";
import { keyRoutes } from "./keys";
import { messageRoutes } from "./messages";
import { webhookRoutes } from "./webhooks";

/** The API as of its last v1 specification, October 2018 (legacy.md 0). */
export const v1: Generation = {
  version: "v1",
  routes: [...appRoutes, ...keyRoutes, ...webhookRoutes, ...appUserRoutes, ...messageRoutes],
  writeError,
  writeEvent,
};

interface ErrorWire {
  readonly error: { readonly code: string; readonly description: string };
}

// legacy.md 7.1
function writeError({ code, description }: ApiError): ErrorWire {
  return { error: { code, description } };
}
