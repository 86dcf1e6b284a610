import { printable } from "../../../printable";
import type { App } from "../../../smooch/endpoints/app";

const everyMs = 5000;

/** Shows progress: on a terminal by rewriting one line, otherwise with a new line every few seconds. */
export function showProgress(
  stream: { isTTY?: boolean; write(text: string): unknown },
  now: () => number = Date.now,
) {
  let saidAt = now();
  return {
    show: (done: number, total: number, { id, name }: App): void => {
      if (!stream.isTTY && now() - saidAt < everyMs) return;
      saidAt = now();
      const line = `Read ${done} of ${total} apps: ${id} ${printable(name)}`;
      // Erases the line first, because the previous text may have been longer.
      stream.write(stream.isTTY ? `\r\u001b[2K${line.slice(0, 78)}` : `${line}\n`);
    },
    /** Call this before writing anything else. */
    end: (): void => {
      if (stream.isTTY) stream.write("\r\u001b[2K");
    },
  };
}
