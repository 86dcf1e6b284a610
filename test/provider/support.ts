import type { Context } from "../../src/provider/context";
import { PartialFailure } from "../../src/provider/failures";
import type { Properties } from "../../src/provider/kind";
import { definitions } from "../../src/provider/kinds";
import { lifecycle } from "../../src/provider/lifecycle";
import type { ApiVersion } from "../../src/smooch/api-version";
import { TransportFault, type WireRequest, type WireResponse } from "../../src/smooch/host";
import { words } from "../support/words";
import { type Intercept, World } from "../support/world";

export const apps = lifecycle(definitions.app);
export const keys = lifecycle(definitions.key);
export const webhooks = lifecycle(definitions.webhook);
export const integrations = lifecycle(definitions.integration);
export const integrationKeys = lifecycle(definitions.integrationKey);

export const lost = new TransportFault("lost", "connection reset");

export const isCreate = ({ method }: WireRequest) => method === "POST";

/** A response of Smooch that does not come from the emulator. */
export function answer(status: number, body: unknown = {}): WireResponse {
  return { status, headers: {}, body: typeof body === "string" ? body : JSON.stringify(body) };
}

/** Smooch's response for an object that does not exist. */
export function notFound(version: ApiVersion): WireResponse {
  return answer(404, words[version].error("It is not there.", "not_found"));
}

/** An app or a key as an API version returns it. */
export function named(version: ApiVersion, id: string, name: string, more: object = {}): object {
  return { [words[version].id]: id, [words[version].name]: name, ...more };
}

/** A world with one app in it. */
export async function withApp(version: ApiVersion, options: ConstructorParameters<typeof World>[0] = {}) {
  const world = new World(options, version);
  const context = world.context();
  const { id: appId, outputs: appState } = await apps.create(context, { name: "Shop" });
  world.journal.recorded(appId);
  const hook = (more: object = {}): Properties => ({
    appId,
    target: "https://a.example",
    triggers: [words[version].message],
    version,
    ...more,
  });
  return { world, context, appId, appState, hook, ...words[version] };
}

/** Every read of one path returns the response to the first one. */
export function staleReads(path: string): Intercept {
  let first: WireResponse | undefined;
  return async ({ method, url }, forward) => {
    if (method !== "GET" || new URL(url).pathname !== path) return forward();
    first ??= await forward();
    return first;
  };
}

export async function partialFailure(promise: Promise<unknown>): Promise<PartialFailure> {
  const reason = await promise.catch((error: unknown) => error);
  if (reason instanceof PartialFailure) return reason;
  throw new Error(`expected a partial failure, got ${reason}`);
}

/** The message of a failure. Unlike vitest's `rejects.toThrow`, it does not accept a rejection with `undefined`. */
export const messageOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => "",
    (error: Error) => error.message,
  );

export const isKeyCreate = ({ method, url }: WireRequest) => method === "POST" && url.endsWith("/keys");

/** Loses the responses to key creates. The first takes effect late: after the list that shows the second's key. */
export function withLateFirstCreate() {
  let first: (() => Promise<unknown>) | undefined;
  let creates = 0;
  const intercept: Intercept = async (request, forward) => {
    if (isKeyCreate(request)) {
      if (++creates === 1) first = forward;
      else await forward();
      throw lost;
    }
    const answered = await forward();
    if (creates === 2 && first !== undefined) {
      const late = first;
      first = undefined;
      await late();
    }
    return answered;
  };
  return { intercept, creates: () => creates };
}

/** A world with one app in it, and the inputs of a key to create there. */
export async function withKeys(version: ApiVersion) {
  const world = new World({}, version);
  const context = world.context();
  const { id: appId } = await apps.create(context, { name: "Shop" });
  world.journal.recorded(appId);
  /** A process that has just started, in which Pulumi has already read the app. */
  const nextProcess = (): Context => {
    const next = world.context();
    next.session.owned.add(appId);
    return next;
  };
  return { world, context, nextProcess, appId, inputs: { appId, name: "backend" } };
}
