import { printable } from "../../../printable";
import type { App } from "../../../smooch/endpoints/app";

const everyMs = 5000;

/** How far the reading is: on a terminal on one line that is written over, otherwise a line every few seconds. */
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
      // Erases the line first: the last one may have been longer.
      stream.write(stream.isTTY ? `\r\u001b[2K${line.slice(0, 78)}` : `${line}\n`);
    },
    /** Before anything else is written. */
    end: (): void => {
      if (stream.isTTY) stream.write("\r\u001b[2K");
    },
  };
}
