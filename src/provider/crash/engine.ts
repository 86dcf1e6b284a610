import { connect } from "node:net";
import { type Transport, TransportFault } from "../../smooch/host";
import { engineAddress } from "./run";

/**
 * Calls back when Pulumi ends normally, with its state written: it then interrupts its provider while it still listens
 * at the address it passed to the provider (docs/pulumi-internals.md). If Pulumi is killed, neither happens.
 */
export function onEnd(callback: () => void, engine = engineAddress(process.argv)): void {
  process.once("SIGINT", async () => {
    if (await canConnect(engine)) callback();
    // Restores the default behaviour of SIGINT.
    process.kill(process.pid, "SIGINT");
  });
}

/** Whether a process may be listening at this machine's `host:port`: false only if the connection is refused. */
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

/** Calls back once nothing listens at the engine's address any more, because the engine was killed. */
export function watchEngine(onGone: () => void, engine: string, everyMs = watchEveryMs): void {
  const timer = setInterval(async () => {
    if (await canConnect(engine)) return;
    clearInterval(timer);
    onGone();
  }, everyMs).unref();
}

/** Lets a provider whose engine is gone finish recording the requests in progress before it exits. */
export class Lifeline {
  #underWay = 0;
  #isCut = false;

  constructor(private readonly end: () => void) {}

  /** Runs a call from Pulumi. */
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

  /** Refuses to send requests that change anything once the engine is gone, because their results would be lost. */
  guard(send: Transport): Transport {
    return (request) =>
      this.#isCut && request.method !== "GET"
        ? Promise.reject(new TransportFault("stopped", "Pulumi has exited, so nothing more is changed"))
        : send(request);
  }

  #endIfIdle(): void {
    if (this.#isCut && this.#underWay === 0) this.end();
  }
}
