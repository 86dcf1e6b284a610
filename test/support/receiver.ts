import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export interface ReceivedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface Response {
  readonly status: number;
  readonly body?: string;
  /** Sent as the beginning of a body that never ends. */
  readonly start?: string;
}

/** A real HTTP server that records what it receives. It never answers where `respond` returns undefined. */
export async function receive(respond: (request: ReceivedRequest) => Response | undefined) {
  const received: ReceivedRequest[] = [];
  const server = createServer(async (incoming, response) => {
    let body = "";
    for await (const chunk of incoming) body += chunk;
    const { method = "", url = "", headers } = incoming;
    const request = { method, url, headers, body };
    received.push(request);
    const answer = respond(request);
    if (answer === undefined) return;
    response.writeHead(answer.status);
    if (answer.start === undefined) response.end(answer.body);
    else response.write(answer.start);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const close = async () => {
    if (!server.listening) return;
    server.close();
    server.closeAllConnections();
    await once(server, "close");
  };
  onTestFinished(close);
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, received, close };
}
