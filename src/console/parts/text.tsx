// Marks of direction (U+200E, U+200F, U+061C) are ordinary in Arabic and Hebrew. These change how what follows is shown.
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what it looks for
const misleading = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** Shows control characters and changes of direction as `\u{…}`, so that a text cannot look like another one. */
export function visible(text: string): string {
  return text.replace(misleading, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`);
}

/** Text from outside: separate from the direction of the text around it. */
export function Text({ children }: { children: string }) {
  return <bdi>{visible(children)}</bdi>;
}

/** A body of a request or response: JSON is indented, anything else is shown as it is. */
export function Body({ children, label }: { children: string; label: string }) {
  if (children === "") return <p class="quiet">empty</p>;
  return (
    <section class="body" aria-label={label}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and must do so by keyboard */}
      <pre tabIndex={0}>{visible(indent(children))}</pre>
    </section>
  );
}

function indent(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}

/** `2026-11-26 20:53:34`, as Swedes write it. */
const isoTime = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "medium" });

/** A time of today, or a time with its date. */
export function Time({ at }: { at: number }) {
  const date = new Date(at);
  const [today = ""] = isoTime.format().split(" ");
  return (
    <time dateTime={date.toISOString()} title={date.toISOString()}>
      {isoTime.format(date).replace(`${today} `, "")}
    </time>
  );
}

/** `2 integration keys`. */
export const count = (number: number, label: string) => `${number} ${label}${number === 1 ? "" : "s"}`;
