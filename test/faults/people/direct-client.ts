import { definitions } from "../../../src/provider/kinds";
import type { ApiVersion } from "../../../src/smooch/api-version";
import { SmoochClient } from "../../../src/smooch/client";
import { asSmoochError } from "../../../src/smooch/errors";
import type { Host } from "../../../src/smooch/host";
import type { LiveObject } from "../checks/watch";
import type { Stage } from "../layers/layer";

/** Calls the emulator with the account's own key and without simulated network faults, like a person with curl. */
export function directClient(stage: Stage, version: ApiVersion): SmoochClient {
  const { accountKeyId, accountKeySecret } = stage.watch.emulator;
  const settings = {
    baseUrl: "https://api.smooch.io",
    credential: { keyId: accountKeyId, secret: accountKeySecret },
    auth: "jwt",
    maxConcurrency: 1,
    requestTimeoutMs: 30_000,
    debug: false,
  } as const;
  return new SmoochClient(directHost(stage), settings, version);
}

/** A person lets it be if Smooch refuses a request: a name is taken, or what should hold the object is elsewhere. */
export async function unlessRefused(task: Promise<unknown>): Promise<void> {
  await task.catch((error: unknown) => {
    const { status = 0 } = asSmoochError(error);
    if (![400, 404, 409].includes(status)) throw error;
  });
}

/** Deletes an object in Smooch, behind Pulumi's back. */
export async function deleteDirectly(
  stage: Stage,
  { kind, id, properties }: LiveObject,
  version: ApiVersion,
): Promise<void> {
  const definition = definitions[kind];
  // A webhook is deleted through the API version that made it.
  const client = directClient(stage, definition.boundVersion?.(properties) ?? version);
  await stage.await(definition.delete(client, id, definition.address.parse(properties)));
}

function directHost(stage: Stage): Host {
  return {
    now: () => stage.now(),
    sleep: async () => {},
    random: () => 0,
    log: () => {},
    send: async ({ method, url, headers, body }) => {
      const { pathname, search } = new URL(url);
      const request = { method, url: pathname + search, headers, body };
      const answer = await stage.watch.handle(request, "person");
      return { status: answer.status, headers: { ...answer.headers }, body: answer.body };
    },
  };
}
