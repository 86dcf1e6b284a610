import type { ApiError } from "../../errors";
import type { Generation } from "../generation";
import { appRoutes } from "./apps";
import { conversationRoutes } from "./conversations";
import { writeEvent } from "./event";
import { integrationRoutes } from "./integrations";
import { keyRoutes } from "./keys";
import { userRoutes } from "./users";
import { webhookRoutes } from "./webhooks";

/** The API as of its specification 17.12.1, June 2026 (v2.md). */
export const v2: Generation = {
  version: "v2",
  routes: [
    ...appRoutes,
    ...keyRoutes,
    ...integrationRoutes,
    ...webhookRoutes,
    ...userRoutes,
    ...conversationRoutes,
  ],
  writeError,
  writeEvent,
};

interface ErrorWire {
  readonly errors: readonly { readonly code: string; readonly title: string }[];
}

// v2.md 8.1 knows one code for 401.
function writeError({ code, description }: ApiError): ErrorWire {
  return { errors: [{ code: code === "invalid_auth" ? "unauthorized" : code, title: description }] };
}
