import type { DynamicProvider } from "../../src/provider/dynamic";
import type { Properties } from "../../src/provider/kind";
import { type Host, TransportFault, type WireRequest } from "../../src/smooch/host";
import type { KindName } from "./program";
import type { Providers, Tampering } from "./simulation";

/** Mistakes that this package must never make, each put in on purpose: the matrix has to find every one. */
export const defects: Record<string, Tampering> = {
  "a blind retry of a create whose answer got lost": {
    host: (host) => withSend(host, (request) => sendTwice(host, request)),
  },

  "a 404 that is always believed on delete": {
    providers: (providers) =>
      onEach(providers, (provider) => ({
        ...provider,
        delete: async (id: string, state: Properties) => {
          try {
            await provider.delete(id, state);
          } catch (error) {
            if (!String((error as Error).message).includes("HTTP 404")) throw error;
          }
        },
      })),
  },

  "a partial create without its id": {
    providers: (providers) =>
      onEach(providers, (provider) => ({
        ...provider,
        create: async (inputs: Properties) => {
          try {
            return await provider.create(inputs);
          } catch (error) {
            throw new Error((error as Error).message);
          }
        },
      })),
  },

  "a stale listing where a lost create is looked for": {
    host: (host) => {
      const listings = new Map<string, string>();
      return withSend(host, async (request) => {
        const lists = (path: string) => `${new URL(path).origin}${new URL(path).pathname}`;
        if (request.method === "POST") {
          const before = await listWithout(host, request);
          if (before !== undefined) listings.set(lists(request.url), before);
        }
        const stale = request.method === "GET" ? listings.get(lists(request.url)) : undefined;
        const answer = await host.send(request);
        return stale === undefined || answer.status !== 200 ? answer : { ...answer, body: stale };
      });
    },
  },

  "a key deleted before its successor works": {
    providers: (providers) => ({
      ...providers,
      key: {
        ...providers.key,
        diff: async (id, olds, news) => ({
          ...(await providers.key.diff(id, olds, news)),
          deleteBeforeReplace: true,
        }),
      },
    }),
  },
};

function onEach(providers: Providers, alter: (provider: DynamicProvider) => DynamicProvider): Providers {
  const names = Object.keys(providers) as KindName[];
  return Object.fromEntries(names.map((name) => [name, alter(providers[name])])) as Providers;
}

function withSend(host: Host, send: Host["send"]): Host {
  return { ...host, send };
}

async function sendTwice(host: Host, request: WireRequest) {
  try {
    return await host.send(request);
  } catch (error) {
    const lost = request.method === "POST" && error instanceof TransportFault && error.kind === "lost";
    if (!lost) throw error;
    return host.send(request);
  }
}

/** What a listing of the siblings answers before the create arrives. */
async function listWithout(
  host: Host,
  { url, headers, timeoutMs }: WireRequest,
): Promise<string | undefined> {
  const query = url.endsWith("/v1/apps") ? "?limit=100&offset=0" : "";
  try {
    const answer = await host.send({ method: "GET", url: url + query, headers, timeoutMs });
    return answer.status === 200 ? answer.body : undefined;
  } catch {
    return undefined;
  }
}
