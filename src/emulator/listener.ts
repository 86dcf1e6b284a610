import { once } from "node:events";
import type { Server } from "node:http";

/** Opens and closes a server on one loopback port, one operation at a time. */
export class Listener {
  readonly #server: Server;
  #port: number;
  #closed = false;
  #busy: Promise<unknown> = Promise.resolve();

  /** With port 0, the first {@link open} picks a free port. */
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

  /** Also drops open connections. */
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
