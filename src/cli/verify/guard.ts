import { connect, createServer } from "node:net";
import type { Run } from "./journal";

/** Far longer than a run in progress, or any other server, needs to answer. */
const patienceMs = 5000;
/** Makes a server of HTTP answer too, which otherwise waits for a request. */
const prompt = "verify\r\n\r\n";

/** Tells whoever connects the run's mark, as long as this process lives. */
export async function startGuard(mark: string): Promise<{ address: string; close(): void }> {
  const server = createServer((socket) =>
    socket
      .on("error", () => {})
      .resume()
      .end(mark),
  );
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { address: `127.0.0.1:${port}`, close: () => server.close() };
}

/**
 * Whether the run is in progress. After its end, another process may have its port, but does not know its mark. One that
 * stays silent may be the run, suspended: its objects must not be deleted.
 */
export function isInProgress(
  { address, mark }: Pick<Run, "address" | "mark">,
  waitMs = patienceMs,
): Promise<boolean> {
  const [host = "", port] = address.split(":");
  return new Promise((resolve) => {
    let said = "";
    const socket = connect(Number(port), host).setEncoding("utf8");
    socket.write(prompt);
    const timer = setTimeout(() => end(true), waitMs);
    const end = (isRun: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(isRun);
    };
    socket
      .on("data", (text) => {
        said += text;
        if (said.length >= mark.length) end(said === mark);
      })
      .once("end", () => end(said === mark))
      // Any other error says nothing about the run.
      .once("error", ({ code = "" }: NodeJS.ErrnoException) =>
        end(!["ECONNREFUSED", "ECONNRESET"].includes(code)),
      );
  });
}
