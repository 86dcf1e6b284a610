import { timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import { Failure } from "../lib/run.mjs";
import { seconds } from "../lib/time.mjs";

/** A webhook receiver on a free loopback port, like the one a Smooch user has to write. */
export async function startReceiver() {
  const events = [];
  const waiting = new Set();
  const server = createServer(async (request, response) => {
    try {
      const body = await readBody(request);
      response.end();
      // Smooch sends a HEAD request to a target before it accepts it.
      if (request.method !== "POST") return;
      events.push({ apiKey: request.headers["x-api-key"] ?? "", body: JSON.parse(body) });
      for (const look of waiting) look();
    } catch {
      response.writeHead(400).end();
    }
  });
  await new Promise((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/smooch`,
    /** The first event with this trigger, past or within the next `limit` milliseconds. */
    event: (trigger, limit = 20_000) =>
      new Promise((resolve, reject) => {
        const end = (settle) => {
          clearTimeout(timer);
          waiting.delete(look);
          settle();
        };
        const look = () => {
          const found = events.find((event) => event.body.trigger === trigger);
          if (found) end(() => resolve(found));
        };
        const late = () => new Failure(`no ${trigger} event reached the webhook within ${seconds(limit)}`);
        const timer = setTimeout(() => end(() => reject(late())), limit);
        waiting.add(look);
        look();
      }),
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Compares in constant time. */
export function isSameSecret(a, b) {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

async function readBody(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
