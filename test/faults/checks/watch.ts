import type { Emulator } from "../../../src/emulator/core";
import type { EmulatorRequest, EmulatorResponse } from "../../../src/emulator/exchange";
import type { WebhookSnapshot } from "../../../src/emulator/kinds/webhook";
import type { EmulatorSnapshot } from "../../../src/emulator/snapshot";
import { type KindName, kindNames } from "../../../src/kinds";
import type { Properties } from "../../../src/provider/kind";
import { holderInputs } from "../program/schema-inputs";
import { isInlineEntry } from "../program/switchboards";

/** An object that exists, whatever its kind. */
export interface LiveObject {
  kind: KindName;
  id: string;
  /** The ids of what it belongs to, the outermost first. */
  holders: readonly string[];
  /** Matches a create to the object that it made. */
  matchKey: string;
  /** The object's properties in the emulator's snapshot. */
  properties: Properties;
}

/** What a create and the object that it made have in common. */
export type Likeness = Pick<LiveObject, "kind" | "holders" | "matchKey">;

/** What the object has that a create with these inputs makes. */
export function identify(kind: KindName, inputs: Properties): Likeness {
  const { name, target, type, displayName = "", webhooks } = inputs;
  const holders = holderInputs(kind).flatMap((input) => (inputs[input] ? [String(inputs[input])] : []));
  switch (kind) {
    case "webhook":
      return { kind, holders, matchKey: String(target) };
    case "integration":
      // A custom integration and its webhook count as one object, whichever resource made it.
      if (Array.isArray(webhooks)) return { ...identify("webhook", webhooks[0]), holders };
      return { kind, holders, matchKey: JSON.stringify([type, displayName ?? ""]) };
    default:
      return { kind, holders, matchKey: String(name) };
  }
}

/** Whether the provider could mistake one for the other. */
export function isAlike(one: Likeness, other: Likeness): boolean {
  return (
    one.kind === other.kind && one.holders.join() === other.holders.join() && one.matchKey === other.matchKey
  );
}

/** All objects but the entries of a switchboard that declares them itself: those are parts of the switchboard. */
export function liveObjects(snapshot: EmulatorSnapshot): LiveObject[] {
  const hosts = new Set(snapshot.webhooks.map(({ integrationId }) => integrationId));
  const ids = new Map(snapshot.webhooks.map((webhook) => [webhook.id, webhookId(webhook)]));
  const isPart = (kind: KindName, { name }: Properties) =>
    kind === "switchboardIntegration" && isInlineEntry(String(name));
  return kindNames.flatMap((kind) =>
    snapshotOf(snapshot, kind)
      .filter((object) => !hosts.has(object.id) && !isPart(kind, object))
      .map((object) => ({
        id: ids.get(object.id) ?? object.id,
        ...identify(kind, object),
        properties: object,
      })),
  );
}

/** The objects of a kind by their ids in the client: in the API a menu has none. */
export function snapshotOf(snapshot: EmulatorSnapshot, kind: KindName): (Properties & { id: string })[] {
  return snapshot[`${kind}s`].map((object) => ({
    ...object,
    id: kind === "menu" ? `menu-${object.id}` : object.id,
  }));
}

/** The webhook's id in the API: in v2 it is the id of its integration. */
export function webhookId({ id, integrationId, version }: WebhookSnapshot): string {
  return version === "v2" ? integrationId : id;
}

/** Who calls the emulator: the watched stack, another stack, or a person outside Pulumi. */
export type Maker = "own" | "neighbour" | "person";

interface Violation {
  id: string;
  by: Maker;
  madeBy: Maker;
}

/** Sees every request to an emulator after it took effect, and remembers every secret that was sent or returned. */
export class Watch {
  /** Objects that somebody other than their maker deleted. */
  readonly wronglyDeleted: Violation[] = [];
  /** Objects in the state of a stack that did not make them. */
  readonly wronglyTaken: Violation[] = [];
  /** Apps that were taken while they were empty: what happens to them afterwards is not checked. */
  emptyApps = 0;
  readonly #makers = new Map<string, { maker: Maker; holders: readonly string[]; at: number }>();
  /** Makers of the apps that, with their contents, are no longer checked. */
  readonly #shared = new Map<string, Maker>();
  readonly secrets = new Set<string>();

  /** Whether another stack took the app while it was empty: from then on, both change it. */
  isShared(id: string): boolean {
    return this.#shared.has(id);
  }
  requests = 0;
  /** Where the emulator's log goes. */
  log: (line: string) => void = () => {};
  /** Called when a request arrives. */
  onArrival: () => void = () => {};
  /** Called when an object has been deleted. A singleton that is made again has the same id. */
  onGone: (id: string) => void = () => {};
  /** Called after each request that may have deleted something. */
  onDelete: () => void = () => {};
  #inProgress = new Set<Promise<EmulatorResponse>>();
  readonly #handle: (request: EmulatorRequest) => Promise<EmulatorResponse>;
  /** The objects that exist since the last request; undefined if they must be looked up. */
  #live: readonly LiveObject[] | undefined;

  constructor(
    readonly emulator: Emulator,
    private readonly now: () => number = Date.now,
  ) {
    this.secrets.add(emulator.accountKeySecret);
    this.#handle = emulator.handle.bind(emulator);
    emulator.handle = (request: EmulatorRequest) => this.handle(request, "own");
  }

  handle(request: EmulatorRequest, by: Maker): Promise<EmulatorResponse> {
    this.onArrival();
    this.#live = undefined;
    const answer = this.#handle(request);
    this.#inProgress.add(answer);
    return answer.finally(() => {
      this.#inProgress.delete(answer);
      this.#note(request, by);
    });
  }

  /** Who made the object; undefined if it is gone. */
  makerOf(id: string): Maker | undefined {
    return this.#makers.get(id)?.maker;
  }

  /** Whether it is an app like one that another stack took while it was empty: the two may have been swapped. */
  mayBeSwapped(object: LiveObject): boolean {
    const isLikeShared = (other: LiveObject) => this.#shared.has(other.id) && isAlike(other, object);
    return object.holders.length === 0 && this.live().some(isLikeShared);
  }

  /** Called when a stack reports that an interrupted run of its own made the object. */
  noteRecovered(id: string, holder: Maker): void {
    const maker = this.#shared.get(id);
    if (maker !== undefined && maker !== holder) this.wronglyTaken.push({ id, by: holder, madeBy: maker });
  }

  /** Called when a stack records the object in its state. */
  noteHolder(id: string, holder: Maker): void {
    const made = this.#makers.get(id);
    if (made === undefined || made.maker === holder || this.#isInShared(made)) return;
    if (this.#wasEmpty(id)) {
      this.emptyApps++;
      this.#shared.set(id, made.maker);
      this.#makers.delete(id);
    } else this.wronglyTaken.push({ id, by: holder, madeBy: made.maker });
  }

  /** Called when somebody who may decide about an object leaves it to the stack. */
  handOver(id: string): void {
    const made = this.#makers.get(id);
    if (made !== undefined) this.#makers.set(id, { ...made, maker: "own" });
  }

  #isInShared({ holders }: Pick<LiveObject, "holders">): boolean {
    return holders.some((id) => this.#shared.has(id));
  }

  /** Whether it is an app or the like that was empty a moment ago, when the stack that took it last checked. */
  #wasEmpty(id: string): boolean {
    if (!this.live().some((root) => root.holders.length === 0 && root.id === id)) return false;
    const contents = [...this.#makers.values()].filter(({ holders }) => holders.includes(id));
    return contents.every(({ at }) => at > this.now() - 1000);
  }

  live(): readonly LiveObject[] {
    // A request in progress may take effect at any moment.
    if (this.#inProgress.size > 0) return liveObjects(this.emulator.snapshot());
    this.#live ??= liveObjects(this.emulator.snapshot());
    return this.#live;
  }

  /** Resolves when every request that arrived has had its effect. */
  async settled(): Promise<void> {
    while (this.#inProgress.size > 0) await Promise.allSettled([...this.#inProgress]);
  }

  forget(): void {
    this.secrets.clear();
    this.secrets.add(this.emulator.accountKeySecret);
    this.requests = 0;
    this.#makers.clear();
    this.#shared.clear();
    this.wronglyDeleted.length = 0;
    this.wronglyTaken.length = 0;
    this.emptyApps = 0;
    this.#live = undefined;
  }

  /** An effect shows in the same turn of the event loop in which its request ends, so it belongs to this request. */
  #note({ method }: EmulatorRequest, by: Maker): void {
    this.requests++;
    if (method === "DELETE") {
      this.#noteDeleted(by);
      this.onDelete();
    }
    if (method !== "POST" && method !== "PUT") return;
    const snapshot = this.emulator.snapshot();
    for (const { id, holders } of liveObjects(snapshot))
      if (!this.#makers.has(id) && !this.#shared.has(id))
        this.#makers.set(id, { maker: by, holders, at: this.now() });
    for (const object of kindNames.flatMap((kind): readonly object[] => snapshot[`${kind}s`]))
      if ("secret" in object) this.secrets.add(String(object.secret));
    for (const { fields } of snapshot.integrations)
      if (typeof fields.webhookSecret === "string") this.secrets.add(fields.webhookSecret);
  }

  #noteDeleted(by: Maker): void {
    const live = new Set(liveObjects(this.emulator.snapshot()).map(({ id }) => id));
    for (const [id, made] of this.#makers) {
      const { maker, holders } = made;
      if (live.has(id)) continue;
      this.#makers.delete(id);
      this.onGone(id);
      // Deleting an app, say, also deletes its contents.
      const isDirect = holders.every((holder) => live.has(holder)) && !this.#isInShared(made);
      if (by !== maker && by !== "person" && isDirect) this.wronglyDeleted.push({ id, by, madeBy: maker });
    }
  }
}
