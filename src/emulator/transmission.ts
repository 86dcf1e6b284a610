import type { IncomingMessage, ServerResponse } from "node:http";
import type { Console } from "./console/server";
import type { Emulator } from "./core";
import type { EmulatorRequest, EmulatorResponse } from "./exchange";
import { bodyLimit } from "./input";
import { foreignness } from "./origin";

/** Answers a request on a socket, or breaks the connection as a planned fault says. */
export async function exchange(
  emulator: Emulator,
  request: IncomingMessage,
  response: ServerResponse,
  save: () => void,
  console?: Console,
): Promise<void> {
  const reason = foreignness(request.headers);
  if (reason !== undefined) {
    request.resume();
    response
      .writeHead(403, { "content-type": "text/plain" })
      .end(`The emulator refuses this request: ${reason}.\n`);
    return;
  }
  if (console?.serves(request)) return console.answer(request, response);
  const received = await receive(request);
  let answer: EmulatorResponse;
  try {
    answer = await emulator.handle(received);
    // Saved before the response, so that nothing a caller was told about is lost.
    if (received.method !== "GET") save();
  } catch (error) {
    // A bug in the emulator: say so instead of dropping the connection.
    response.writeHead(500, { "content-type": "text/plain" }).end(`The emulator failed: ${String(error)}`);
    return;
  }
  send(answer, response);
}

/** Reads a request; of a body that is too large, only enough to tell. */
export async function receive(request: IncomingMessage): Promise<EmulatorRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  const limit = bodyLimit(request.url ?? "");
  for await (const chunk of request) {
    // Read beyond the limit without keeping it, so that the caller gets the 413.
    if (size <= limit) chunks.push(chunk);
    size += chunk.length;
  }
  const headers = Object.entries(request.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(", ") : value,
  ]);
  return {
    method: request.method ?? "",
    url: request.url ?? "",
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks).toString("utf8"),
  };
}

function send({ status, headers, body, bytes, broken }: EmulatorResponse, response: ServerResponse): void {
  switch (broken) {
    case undefined:
      response.writeHead(status, headers).end(bytes ?? body);
      return;
    case "cut":
      // Destroyed only once this part is sent: earlier, the caller would receive nothing.
      response.writeHead(status, headers).write(body, () => response.destroy());
      return;
    case "refused":
    case "reset":
      response.socket?.resetAndDestroy();
      return;
    case "hang":
      return;
  }
}
