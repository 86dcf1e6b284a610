import { Text } from "../parts/text";
import type { Act } from "./act";
import type { MessageAction } from "./actions";
import { text } from "./content";
import { LocationButton } from "./location";

/** What the latest message proposes to answer. */
export function QuickReplies({ replies, act }: { replies: readonly MessageAction[]; act: Act }) {
  const shown = replies.filter(({ type }) => type === "reply" || type === "locationRequest");
  if (shown.length === 0) return null;
  return (
    <ul class="replies" aria-label="Quick replies">
      {shown.map((reply, index) => (
        <li key={reply.id ?? index}>
          {reply.type === "locationRequest" ? (
            <LocationButton act={act}>{reply.text}</LocationButton>
          ) : (
            <button type="button" onClick={() => void act(answerOf(reply))}>
              <Text>{reply.text}</Text>
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

function answerOf({ text: label, properties }: MessageAction) {
  const payload = text(properties.payload);
  return { type: "text" as const, text: label, ...(payload === undefined ? {} : { payload }) };
}
