import { once } from "node:events";
import type { Server } from "node:http";

/** Opens and shuts a server on one loopback port. What is asked meanwhile waits for its turn. */
export class Listener {
  readonly #server: Server;
  #port: number;
  #closed = false;
  #busy: Promise<unknown> = Promise.resolve();

  /** With 0 for the port, the first {@link open} takes a free one. */
  constructor(server: Server, port: number) {
    this.#server = server;
    this.#port = port;
  }

  get port(): number {
    return this.#port;
  }

  open(): Promise<void> {
    return this.#enqueue(async () => {
      if (this.#closed) throw new Error("The emulator is closed.");
      if (this.#server.listening) return;
      this.#server.listen(this.#port, "127.0.0.1");
      await once(this.#server, "listening");
      const address = this.#server.address();
      if (address === null || typeof address === "string") throw new Error("The server has no port.");
      this.#port = address.port;
    });
  }

  /** Drops open connections as well. */
  shut(): Promise<void> {
    return this.#enqueue(async () => {
      if (!this.#server.listening) return;
      const closed = once(this.#server, "close");
      this.#server.close();
      this.#server.closeAllConnections();
      await closed;
    });
  }

  close(): Promise<void> {
    this.#closed = true;
    return this.shut();
  }

  #enqueue(step: () => Promise<void>): Promise<void> {
    const done = this.#busy.then(step);
    this.#busy = done.catch(() => undefined);
    return done;
  }
}
