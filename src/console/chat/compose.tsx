import { useEffect, useRef, useState } from "preact/hooks";
import { Problem, submitting } from "../parts/problem";
import type { Act } from "./act";
import { LocationButton } from "./location";

/** How long after the last key the user has stopped typing. */
const pauseMs = 3_000;
const mostBytes = 1_000_000;

/** What the user writes, and what they attach. */
export function Compose({ act, isBlocked }: { act: Act; isBlocked: boolean }) {
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const field = useRef<HTMLTextAreaElement>(null);
  const typing = useTyping(act);

  const send = async () => {
    if (text.trim() === "") return;
    typing.end();
    if (await act({ type: "text", text })) setText("");
    field.current?.focus();
  };
  const attach = async (file: File | undefined) => {
    if (file === undefined) return;
    setProblem(file.size > mostBytes ? `${file.name} is larger than 1 MB.` : undefined);
    if (file.size > mostBytes) return;
    const type = file.type.startsWith("image/") ? "image" : "file";
    const mediaType = file.type || "application/octet-stream";
    await act({ type, name: file.name, mediaType, base64: await base64Of(file) });
  };
  return (
    <form class="compose" onSubmit={submitting(send)}>
      <Problem>{problem}</Problem>
      {isBlocked && <p class="quiet">Answer the form first: it blocks the chat input.</p>}
      <fieldset disabled={isBlocked}>
        <textarea
          ref={field}
          rows={2}
          aria-label="Message"
          aria-describedby="compose-keys"
          placeholder="Write as the user"
          value={text}
          onInput={({ currentTarget: { value } }) => {
            setText(value);
            if (value === "") typing.end();
            else typing.continue();
          }}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            void send();
          }}
        />
        <p class="buttons">
          <button type="submit" class="main">
            Send
          </button>
          <label class="attach">
            Attach
            <input
              type="file"
              onChange={({ currentTarget }) => {
                void attach(currentTarget.files?.[0]);
                currentTarget.value = "";
              }}
            />
          </label>
          <LocationButton act={act}>Location</LocationButton>
          <span class="quiet" id="compose-keys">
            Enter sends, Shift+Enter starts a new line
          </span>
        </p>
      </fieldset>
    </form>
  );
}

/** Tells the business when the user starts and stops typing. */
function useTyping(act: Act) {
  const timer = useRef<number | undefined>(undefined);
  const tell = (isTyping: boolean) => void act({ type: "typing", isTyping });
  const end = () => {
    if (timer.current === undefined) return;
    clearTimeout(timer.current);
    timer.current = undefined;
    tell(false);
  };
  useEffect(() => end, []);
  return {
    continue: () => {
      if (timer.current === undefined) tell(true);
      clearTimeout(timer.current);
      timer.current = setTimeout(end, pauseMs);
    },
    end,
  };
}

async function base64Of(file: File): Promise<string> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(new Error(`${file.name} could not be read.`));
    reader.readAsDataURL(file);
  });
  return url.slice(url.indexOf(",") + 1);
}
