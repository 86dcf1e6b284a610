import { byKind } from "../../src/kinds";
import type { DynamicProvider } from "../../src/provider/dynamic";
import type { Properties } from "../../src/provider/kind";
import { definitions } from "../../src/provider/kinds";
import type { SmoochClient } from "../../src/smooch/client";
import type { SwitchboardChange } from "../../src/smooch/endpoints/switchboard";
import { type Host, TransportFault, type WireRequest } from "../../src/smooch/host";
import type { Providers, Tampering } from "./layers/machine";

const { isSingleton: _, ...overwritten } = definitions.menu;

/** Defects that this package must never have, each injected deliberately. The matrix must find all of them. */
export const defects: Record<string, Tampering> = {
  "a blind retry of a create whose response was lost": {
    host: (host) => withSend(host, (request) => sendTwice(host, request)),
  },

  "any 404 to a delete accepted as proof": {
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

  "a stale list in the search for a lost create": {
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

  "any 404 with a JSON body accepted as proof": {
    host: (host) => withSend(host, (request) => acceptForeign404(host, request, (body) => isJson(body))),
  },

  "a 404 without a body accepted as proof": {
    host: (host) => withSend(host, (request) => acceptForeign404(host, request, (body) => body === "")),
  },

  "a service key's 404 accepted as proof that an app is gone": {
    context: (context) => ({ ...context, credential: context.credential.replace(/^svc_/, "act_") }),
  },

  "an object taken over because an error names it": {
    providers: (providers) => {
      const named = new Map<string, string>();
      return onEach(providers, (provider) => ({
        ...provider,
        delete: (id, state) =>
          provider.delete(id, state).catch((error: Error) => {
            const match = matchIn(error);
            if (match === undefined) throw error;
            named.set(String(state.__resource), match);
          }),
        create: (inputs) => {
          const match = named.get(String(inputs.__resource));
          return provider.create(match === undefined ? inputs : { ...inputs, __adopt: match });
        },
      }));
    },
  },

  "an object deleted because an error names it": {
    providers: (providers) =>
      onEach(providers, (provider) => ({
        ...provider,
        delete: (id, state) =>
          provider.delete(id, state).catch((error: Error) => {
            const match = matchIn(error);
            if (match === undefined) throw error;
            return provider.delete(match, state);
          }),
      })),
  },

  "another stack's note trusted": {
    providers: (providers) =>
      onEach(providers, (provider) => ({
        ...provider,
        create: ({ __resource, ...inputs }) =>
          provider.create({ ...inputs, __resource: String(__resource).replace(/^\w+/, "any") }),
      })),
  },

  "another backend's note trusted": {
    context: (context) => ({ ...context, run: { ...context.run, backend: "file:///any" } }),
  },

  "an app with contents taken over after a lost response": {
    kinds: { app: { ...definitions.app, isEmpty: async () => true } },
    // This needs a request that is lost before it takes effect.
    host: (host) => withSend(host, loseFirstApp(host)),
  },

  "a masked secret that replaces the real one": {
    kinds: {
      key: { ...definitions.key, immutableOutputs: [] },
      webhook: { ...definitions.webhook, immutableOutputs: [] },
    },
    host: (host) => withSend(host, (request) => unmask(host, request)),
  },

  "metadata updated as if the API always replaced it": {
    host: (host) => withSend(host, (request) => host.send(withoutNulls(request))),
  },

  "a key whose deletion is not verified": {
    kinds: { key: { ...definitions.key, verifyDeletion: false } },
  },

  "an integration's key whose deletion is not verified": {
    kinds: { integrationKey: { ...definitions.integrationKey, verifyDeletion: false } },
  },

  "a service account's key whose deletion is not verified": {
    kinds: { serviceAccountKey: { ...definitions.serviceAccountKey, verifyDeletion: false } },
  },

  "a menu that a create overwrites": {
    kinds: { menu: overwritten },
  },

  "an entry of a switchboard deleted before another one is the default": {
    kinds: { switchboard: { ...definitions.switchboard, update: deleteFirst } },
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

async function deleteFirst(
  smooch: SmoochClient,
  id: string,
  { appId }: { appId: string },
  change: SwitchboardChange,
) {
  const { integrations } = change;
  const place = { appId, switchboardId: id };
  const { items } = await smooch.switchboardIntegrations.list(place);
  const isGone = ({ name }: { name: string }) => integrations && !Object.hasOwn(integrations, name);
  for (const entry of items.filter(isGone)) await smooch.switchboardIntegrations.delete(place, entry.id);
  return smooch.switchboards.update(appId, id, change);
}

function onEach(providers: Providers, alter: (provider: DynamicProvider) => DynamicProvider): Providers {
  return byKind((kind) => alter(providers[kind]));
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

/** The list of siblings before the create arrives; undefined if it cannot be read. */
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

/** Makes a 404 that did not come from the API look as if it did. */
async function acceptForeign404(host: Host, request: WireRequest, accepts: (body: string) => boolean) {
  const answer = await host.send(request);
  const isOwn = /"code":"(?!route_)\w*not_found"/.test(answer.body);
  if (answer.status !== 404 || isOwn || !accepts(answer.body)) return answer;
  const code = "not_found";
  return { ...answer, body: JSON.stringify({ error: { code }, errors: [{ code, title: "Not found" }] }) };
}

function isJson(text: string): boolean {
  return /^["{[]/.test(text);
}

/** The first object named in a refusal. */
function matchIn({ message }: Error): string | undefined {
  return /may have made \w+ ([\w-]+)/.exec(message)?.[1];
}

function loseFirstApp(host: Host): Host["send"] {
  let isLost = false;
  return (request) => {
    if (isLost || request.method !== "POST" || !request.url.endsWith("/apps")) return host.send(request);
    isLost = true;
    return Promise.reject(new TransportFault("lost", "connection reset"));
  };
}

/** Makes a masked secret look like a complete one. */
async function unmask(host: Host, request: WireRequest) {
  const answer = await host.send(request);
  return { ...answer, body: answer.body.replaceAll('"****', '"a-masked-secret-') };
}

function withoutNulls(request: WireRequest): WireRequest {
  if (request.method !== "PUT" && request.method !== "PATCH") return request;
  return { ...request, ...(request.body && { body: request.body.replace(/,?"\w+":null/g, "") }) };
}
