import type { ServerResponse } from "node:http";
import type { Changed, Topic } from "./contract";

export const topics: readonly Topic[] = ["objects", "requests", "deliveries", "conversations", "control"];

const intervalMs = 100;
const heartbeatMs = 15_000;
// A browser that no longer reads, such as one that is asleep, is disconnected; it connects again by itself.
const maxUnreadBytes = 64 * 1024;

/** Tells open pages what changed, by server-sent events. Changes that come close together are one event. */
export class Events {
  readonly #clients = new Set<ServerResponse>();
  readonly #changed = new Set<Topic>();
  #due: NodeJS.Timeout | undefined;
  #heartbeat: NodeJS.Timeout | undefined;
  #lastSent = Number.NEGATIVE_INFINITY;

  changed(...topics: readonly Topic[]): void {
    if (this.#clients.size === 0) return;
    for (const topic of topics) this.#changed.add(topic);
    this.#due ??= setTimeout(
      () => this.#send(),
      Math.max(0, this.#lastSent + intervalMs - performance.now()),
    );
  }

  /** Keeps the response open until its client goes away. */
  open(response: ServerResponse): void {
    response.write(event(topics));
    this.#clients.add(response);
    this.#heartbeat ??= setInterval(() => this.#write(":\n\n"), heartbeatMs).unref();
    response.on("close", () => {
      this.#clients.delete(response);
      if (this.#clients.size === 0) this.#stop();
    });
  }

  #send(): void {
    this.#due = undefined;
    this.#lastSent = performance.now();
    this.#write(event([...this.#changed]));
    this.#changed.clear();
  }

  #write(text: string): void {
    for (const client of this.#clients) {
      if (client.writableLength > maxUnreadBytes) client.destroy();
      else client.write(text);
    }
  }

  #stop(): void {
    clearTimeout(this.#due);
    clearInterval(this.#heartbeat);
    this.#due = undefined;
    this.#heartbeat = undefined;
    this.#changed.clear();
  }
}

function event(topics: readonly Topic[]): string {
  const data: Changed = { topics };
  return `event: changed\ndata: ${JSON.stringify(data)}\n\n`;
}
