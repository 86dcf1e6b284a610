import type { IncomingMessage, ServerResponse } from "node:http";
import type { EmulatorRequest, EmulatorResponse } from "./exchange";
import { bodyLimit } from "./input";

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

/** Answers a request, or breaks its connection as a planned fault says. */
export function send(
  { status, headers, body, bytes, broken }: EmulatorResponse,
  response: ServerResponse,
): void {
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
