import type { Emulator } from "../../src/emulator/core";
import type { EmulatorRequest, EmulatorResponse } from "../../src/emulator/exchange";
import type { EmulatorSnapshot } from "../../src/emulator/snapshot";
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

export function liveObjects({ apps, keys, webhooks }: EmulatorSnapshot): LiveObject[] {
  return [
    ...apps.map(({ id, name }) => ({ kind: "app" as const, id, appId: "", likeness: name })),
    ...keys.map(({ id, appId, name }) => ({ kind: "key" as const, id, appId, likeness: name })),
    ...webhooks.map(({ id, appId, target }) => ({ kind: "webhook" as const, id, appId, likeness: target })),
  ];
}

/** Sees every request of an emulator after it took effect, and remembers the secrets that it ever gave. */
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

  constructor(readonly emulator: Emulator) {
    this.secrets.add(emulator.accountKeySecret);
    const handle = emulator.handle.bind(emulator);
    emulator.handle = (request: EmulatorRequest) => {
      this.onArrival();
      const answer = handle(request);
      this.#underWay.add(answer);
      return answer.finally(() => {
        this.#underWay.delete(answer);
        this.#note(request);
      });
    };
  }

  live(): LiveObject[] {
    return liveObjects(this.emulator.snapshot());
  }

  /** Resolves when every request that arrived has had its effect. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled([...this.#underWay]);
  }

  forget(): void {
    this.secrets.clear();
    this.secrets.add(this.emulator.accountKeySecret);
    this.requests = 0;
  }

  #note({ method }: EmulatorRequest): void {
    this.requests++;
    if (method === "DELETE") this.onDelete();
    if (method !== "POST") return;
    const { keys, webhooks } = this.emulator.snapshot();
    for (const { secret } of [...keys, ...webhooks]) this.secrets.add(secret);
  }
}
