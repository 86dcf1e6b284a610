import type { AppEvent } from "../../deliveries";
import type { Conversation } from "../../objects/conversation";
import type { Webhook } from "../../objects/webhook";
import type { MessageWire } from "./conversations";
import { writeMessage } from "./conversations";
import type { ShortUserWire, UserWire } from "./users";
import { writeShortUser, writeUser } from "./users";

/** What a webhook receives (v2.md 5.2). */
interface EventWire {
  readonly app: { readonly id: string };
  readonly webhook: { readonly id: string; readonly version: "v2" };
  readonly events: readonly [
    {
      readonly id: string;
      readonly createdAt: string;
      readonly type: "conversation:message";
      readonly payload: {
        readonly conversation: {
          readonly id: string;
          readonly type: "personal";
          readonly metadata: Conversation["metadata"];
        };
        readonly message: EventMessageWire;
      };
    },
  ];
}

interface EventMessageWire extends Omit<MessageWire, "author"> {
  readonly author: MessageWire["author"] & { readonly user?: UserWire | ShortUserWire };
}

/** Nobody here writes from a client or a device, so `includeFullSource` adds nothing. */
export function writeEvent(webhook: Webhook, { id, app, conversation, user, message }: AppEvent): EventWire {
  const wire = writeMessage(message);
  const author = webhook.includeFullUser ? writeUser(user) : writeShortUser(user);
  const event = {
    id,
    createdAt: wire.received,
    type: "conversation:message",
    payload: {
      conversation: { id: conversation.id, type: "personal", metadata: conversation.metadata },
      message: {
        ...wire,
        author: { ...wire.author, ...(message.author === "user" && { user: author }) },
      },
    },
  } as const;
  return { app: { id: app.id }, webhook: { id: webhook.id, version: "v2" }, events: [event] };
}
