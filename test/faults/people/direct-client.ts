import type { ApiVersion } from "../../../src/smooch/api-version";
import { SmoochClient } from "../../../src/smooch/client";
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

/** Deletes an object in Smooch, behind Pulumi's back. */
export async function deleteDirectly(
  stage: Stage,
  { kind, id, appId }: LiveObject,
  version: ApiVersion,
): Promise<void> {
  const client = directClient(stage, version);
  switch (kind) {
    case "app":
      await stage.await(client.apps.delete(id));
      return;
    case "webhook": {
      const { webhooks } = stage.watch.emulator.snapshot();
      const own = webhooks.find((webhook) => webhook.id === id)?.version ?? "v2";
      await stage.await(client.in(own).webhooks.delete(appId, id));
      return;
    }
    default:
      await stage.await(client[`${kind}s`].delete(appId, id));
  }
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
