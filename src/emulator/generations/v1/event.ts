import type { AppEvent } from "../../deliveries";
import type { AppUser } from "../../objects/appuser";
import type { MessageWire } from "./messages";
import { writeMessage } from "./messages";

/** What a webhook receives (legacy.md 4.6). */
interface EventWire {
  readonly trigger: string;
  readonly app: { readonly _id: string };
  readonly messages: readonly (MessageWire & { readonly source: { readonly type: "api" } })[];
  readonly appUser: EventAppUserWire;
}

interface EventAppUserWire {
  readonly _id: string;
  readonly userId: string;
  readonly givenName: string | undefined;
  readonly surname: string | undefined;
  readonly email: string | undefined;
  readonly properties: AppUser["properties"];
  readonly signedUpAt: string;
  readonly clients: readonly [];
}

export function writeEvent({ trigger, app, user, message }: AppEvent): EventWire {
  return {
    trigger,
    app: { _id: app.id },
    messages: [{ ...writeMessage(message), source: { type: "api" } }],
    appUser: {
      _id: user.id,
      userId: user.userId,
      givenName: user.givenName,
      surname: user.surname,
      email: user.email,
      properties: user.properties,
      signedUpAt: user.signedUpAt,
      clients: [],
    },
  };
}
