import { useState } from "preact/hooks";
import { Text } from "./text";

/** An id with a button that copies it. */
export function Id({ children }: { children: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(children);
    setCopied(true);
    setTimeout(() => setCopied(false), 1_500);
  };
  return (
    <span class="id">
      <code>
        <Text>{children}</Text>
      </code>
      <button type="button" class="small" aria-label={`Copy ${children}`} onClick={() => void copy()}>
        {isCopied ? "Copied" : "Copy"}
      </button>
    </span>
  );
}
