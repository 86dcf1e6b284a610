import { connect } from "node:net";
import { type Transport, TransportFault } from "../../smooch/host";

/**
 * Calls back when Pulumi ends well, its state written: it interrupts its provider then, while it still listens at the
 * address it started the provider with (docs/pulumi-internals.md). A Pulumi that is killed does neither.
 */
export function onEnd(callback: () => void, engine = String(process.argv[2])): void {
  process.once("SIGINT", async () => {
    if (await canConnect(engine)) callback();
    // As if nobody had listened for it.
    process.kill(process.pid, "SIGINT");
  });
}

/** Whether somebody may listen at a `host:port` of this machine: false only where the connection is refused. */
export function canConnect(address: string): Promise<boolean> {
  const [, host, port] = /^(127\.0\.0\.1|localhost):(\d+)$/.exec(address) ?? [];
  if (host === undefined) return Promise.resolve(true);
  return new Promise((resolve) => {
    const socket = connect(Number(port), host);
    const end = (answered: boolean) => {
      socket.destroy();
      resolve(answered);
    };
    socket
      .once("connect", () => end(true))
      .once("error", (error: NodeJS.ErrnoException) => end(error.code !== "ECONNREFUSED"));
  });
}

const watchEveryMs = 1000;

/** Calls back once nobody listens at the engine's address any more: it was killed. */
export function watchEngine(onGone: () => void, engine: string, everyMs = watchEveryMs): void {
  const timer = setInterval(async () => {
    if (await canConnect(engine)) return;
    clearInterval(timer);
    onGone();
  }, everyMs).unref();
}

/** What a provider still does when its engine is gone: it accounts for what it has sent, and then ends. */
export class Lifeline {
  #underWay = 0;
  #isCut = false;

  constructor(private readonly end: () => void) {}

  /** Runs what Pulumi asks for. */
  async during<T>(task: () => Promise<T>): Promise<T> {
    this.#underWay++;
    try {
      return await task();
    } finally {
      this.#underWay--;
      this.#endIfIdle();
    }
  }

  cut(): void {
    this.#isCut = true;
    this.#endIfIdle();
  }

  /** Sends nothing that changes anything once the engine is gone: nobody would hear of it. */
  guard(send: Transport): Transport {
    return (request) =>
      this.#isCut && request.method !== "GET"
        ? Promise.reject(new TransportFault("stopped", "Pulumi was ended, so nothing is changed any more"))
        : send(request);
  }

  #endIfIdle(): void {
    if (this.#isCut && this.#underWay === 0) this.end();
  }
}
