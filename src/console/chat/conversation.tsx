import { useEffect, useState } from "preact/hooks";
import type { ChatMessage, ChatMessages } from "../../emulator/console/contract";
import { get, path, post } from "../api";
import { useLive } from "../live";
import { Problem, useAction } from "../parts/problem";
import { address } from "../route";
import type { Act } from "./act";
import { actionsOf } from "./actions";
import { Compose } from "./compose";
import { DeliveryNote } from "./delivery";
import { Message } from "./message";
import { QuickReplies } from "./replies";

/** How many messages come with each "Earlier messages", and how many are shown at once. */
const step = 50;
const most = 200;
/** A little longer than the emulator takes the business to be typing. */
const typingMs = 10_500;

/** One conversation as its user sees it. */
export function ConversationPane({ appId, conversationId }: { appId: string; conversationId: string }) {
  const messagesPath = path("apps", appId, "conversations", conversationId, "messages");
  // Beyond `most` messages, earlier ones replace later ones: a page of thousands would be slow.
  const [{ before, limit }, setWindow] = useState<{ before?: string; limit: number }>({ limit: step });
  const [typingEnds, setTypingEnds] = useState(0);
  const { data, problem } = useLive(["conversations"], `${before} ${limit} ${typingEnds}`, () =>
    get<ChatMessages>(messagesPath, { before, limit }),
  );
  const { problem: refusal, run } = useAction();
  const act: Act = (action) => run(() => post<ChatMessages>(messagesPath, action));
  const messages = data?.messages ?? [];
  const isLatest = before === undefined;
  const last = messages.at(-1);
  useRead(isLatest ? last : undefined, act);
  // Typing that the business does not end ends by itself, which is no change that the emulator reports.
  useEffect(() => {
    if (!data?.isTyping) return;
    const timer = setTimeout(() => setTypingEnds(typingEnds + 1), typingMs);
    return () => clearTimeout(timer);
  }, [data, typingEnds]);

  const showEarlier = () => {
    const first = messages[0];
    if (first === undefined) return;
    setWindow(limit < most ? { limit: limit + step } : { before: first.id, limit });
  };
  return (
    <div class="conversation">
      <div class="heading">
        <a class="close" data-close href={address("chat", appId)}>
          Close
        </a>
        <h2>Conversation</h2>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and must do so by keyboard */}
      <div class="log" role="log" aria-label="Messages" tabIndex={0}>
        <div>
          {data?.hasMore && (
            <button type="button" class="more" onClick={showEarlier}>
              Earlier messages
            </button>
          )}
          <ol class="messages">
            {messages.map((message) => (
              <Message key={message.id} message={message} act={act} />
            ))}
          </ol>
          {data !== undefined && messages.length === 0 && <p class="quiet hint">No messages yet.</p>}
          {isLatest ? (
            <p class="typing" role="status">
              {data?.isTyping && "The business is typing …"}
            </p>
          ) : (
            <button type="button" class="more" onClick={() => setWindow({ limit: step })}>
              Back to the latest messages
            </button>
          )}
        </div>
      </div>
      <QuickReplies replies={isLatest && last !== undefined ? actionsOf(last.content) : []} act={act} />
      <DeliveryNote appId={appId} />
      <Problem>{problem ?? refusal}</Problem>
      <Compose act={act} isBlocked={isLatest && last !== undefined && blocksInput(last)} />
    </div>
  );
}

/** Whether a form must be answered before anything else. */
function blocksInput({ content }: ChatMessage): boolean {
  return content.type === "form" && content.blockChatInput === true && content.submitted !== true;
}

/** Tells the business that its latest message was read, while the page is seen. */
function useRead(last: ChatMessage | undefined, act: Act): void {
  const unreadId = last?.author === "business" ? last.id : undefined;
  useEffect(() => {
    if (unreadId === undefined) return;
    const read = () => {
      if (document.visibilityState !== "visible") return;
      document.removeEventListener("visibilitychange", read);
      void act({ type: "read" });
    };
    document.addEventListener("visibilitychange", read);
    read();
    return () => document.removeEventListener("visibilitychange", read);
  }, [unreadId]);
}
