import type { Emulator } from "../../src/emulator/core";
import type { EmulatorRequest, EmulatorResponse } from "../../src/emulator/exchange";
import type { EmulatorSnapshot, WebhookSnapshot } from "../../src/emulator/snapshot";
import type { Properties } from "../../src/provider/kind";
import type { KindName } from "./program";

/** An object that exists, whatever its kind. */
export interface LiveObject {
  kind: KindName;
  id: string;
  /** Empty for an app. */
  appId: string;
  /** What a create is recognised by. */
  likeness: string;
}

/** How an object looks that a create with these inputs makes. */
export function looksOf(kind: KindName, inputs: Properties): Pick<LiveObject, "kind" | "likeness"> {
  const { name, target, type, displayName = "", webhooks } = inputs;
  switch (kind) {
    case "app":
    case "key":
      return { kind, likeness: String(name) };
    case "webhook":
      return { kind, likeness: String(target) };
    case "integration":
      // A custom integration and its webhook are one thing, whichever resource made it.
      if (Array.isArray(webhooks)) return looksOf("webhook", webhooks[0]);
      return { kind, likeness: JSON.stringify([type, displayName ?? ""]) };
  }
}

/** Whether one could be taken for the other. */
export function isAlike(one: Omit<LiveObject, "id">, other: LiveObject): boolean {
  return one.kind === other.kind && one.appId === other.appId && one.likeness === other.likeness;
}

export function liveObjects({ apps, keys, webhooks, integrations }: EmulatorSnapshot): LiveObject[] {
  const hosts = new Set(webhooks.map(({ integrationId }) => integrationId));
  return [
    ...apps.map((app) => ({ id: app.id, appId: "", ...looksOf("app", { ...app }) })),
    ...keys.map((key) => ({ id: key.id, appId: key.appId, ...looksOf("key", { ...key }) })),
    ...webhooks.map((webhook) => ({
      id: webhookId(webhook),
      appId: webhook.appId,
      ...looksOf("webhook", { ...webhook }),
    })),
    ...integrations
      .filter(({ id }) => !hosts.has(id))
      .map(({ id, appId, ...rest }) => ({ id, appId, ...looksOf("integration", rest) })),
  ];
}

/** What the API calls the webhook: in v2 it is one with its integration. */
export function webhookId({ id, integrationId, version }: WebhookSnapshot): string {
  return version === "v2" ? integrationId : id;
}

/** Sees every request of an emulator after it took effect, and remembers every secret that it gave or was given. */
export class Watch {
  readonly secrets = new Set<string>();
  requests = 0;
  /** Where the emulator's log goes. */
  log: (line: string) => void = () => {};
  /** Called when a request arrives. */
  onArrival: () => void = () => {};
  /** Called after each request that may have deleted something. */
  onDelete: () => void = () => {};
  #underWay = new Set<Promise<EmulatorResponse>>();
  /** What exists since the last request; undefined where that has to be looked up. */
  #live: readonly LiveObject[] | undefined;

  constructor(readonly emulator: Emulator) {
    this.secrets.add(emulator.accountKeySecret);
    const handle = emulator.handle.bind(emulator);
    emulator.handle = (request: EmulatorRequest) => {
      this.onArrival();
      this.#live = undefined;
      const answer = handle(request);
      this.#underWay.add(answer);
      return answer.finally(() => {
        this.#underWay.delete(answer);
        this.#note(request);
      });
    };
  }

  live(): readonly LiveObject[] {
    // A request under way may take effect at any moment.
    if (this.#underWay.size > 0) return liveObjects(this.emulator.snapshot());
    this.#live ??= liveObjects(this.emulator.snapshot());
    return this.#live;
  }

  /** Resolves when every request that arrived has had its effect. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled([...this.#underWay]);
  }

  forget(): void {
    this.secrets.clear();
    this.secrets.add(this.emulator.accountKeySecret);
    this.requests = 0;
    this.#live = undefined;
  }

  #note({ method }: EmulatorRequest): void {
    this.requests++;
    if (method === "DELETE") this.onDelete();
    if (method !== "POST") return;
    const { keys, webhooks, integrations } = this.emulator.snapshot();
    for (const { secret } of [...keys, ...webhooks]) this.secrets.add(secret);
    for (const { fields } of integrations)
      if (typeof fields.webhookSecret === "string") this.secrets.add(fields.webhookSecret);
  }
}
