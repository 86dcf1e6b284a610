import { connect } from "node:net";

/**
 * Calls back when Pulumi ends well, its state written: it interrupts its provider then (sdk/go/common/resource/plugin,
 * `InterruptChildren`) while it still listens at the address it started the provider with. A Pulumi that is killed does
 * neither.
 */
export function onEnd(callback: () => void, engine = String(process.argv[2])): void {
  process.once("SIGINT", async () => {
    if (await canConnect(engine)) callback();
    // As if nobody had listened for it.
    process.kill(process.pid, "SIGINT");
  });
}

/** Whether somebody listens at a `host:port` of this machine; true where the text is no such address. */
export function canConnect(address: string): Promise<boolean> {
  const [, host, port] = /^(127\.0\.0\.1|localhost|\[::1\]):(\d+)$/.exec(address) ?? [];
  if (host === undefined) return Promise.resolve(true);
  return new Promise((resolve) => {
    const socket = connect(Number(port), host.replace(/[[\]]/g, ""));
    const end = (answered: boolean) => {
      socket.destroy();
      resolve(answered);
    };
    socket.once("connect", () => end(true)).once("error", () => end(false));
  });
}
