import type { ApiVersion } from "./api-version";
import type { Call, Send } from "./call";
import type { Credential } from "./credentials";
import { toSmoochError } from "./errors";
import type { Http } from "./http";
import { type Listing, type Page, pauseBetween } from "./listing";
import type { Read, Reads } from "./reads";

/** Makes the calls of one API version. Throws SmoochError. */
export class Api {
  constructor(
    readonly version: ApiVersion,
    private readonly http: Http,
    private readonly reads: Reads | undefined,
  ) {}

  readonly send: Send = (call) => this.sendAs(undefined, call);

  /** Uses a credential other than the account's. */
  sendAs<T>(credential: Credential | undefined, call: Call<T>): Promise<T> {
    const authorization = credential && this.http.authorize(credential);
    return this.http.call(call, authorization).finally(() => call.method === "GET" || this.reads?.discard());
  }

  read<T extends { id: string }>(read: Read<T>): Promise<T> {
    if (this.reads === undefined) return this.send(read.one);
    return this.reads.get(this.send, `${this.version} ${read.page().subject.resource}`, read);
  }

  /** Reads all pages of a list. */
  async listAll<T>(page: (from?: string) => Call<Page<T>>): Promise<Listing<T>> {
    const all: Listing<T> = { items: [], unreadable: [] };
    const seen = new Set<string>();
    for (let from: string | undefined; ; ) {
      const call = page(from);
      const { items, unreadable, ids, next } = await this.send(call);
      const isNew = ids.some((id) => !seen.has(id));
      for (const id of ids) seen.add(id);
      all.items.push(...items);
      all.unreadable.push(...unreadable);
      if (next === undefined || ids.length === 0) return all;
      if (!isNew) throw toSmoochError(call.subject, { kind: "endless" }, this.http.settings.baseUrl, false);
      from = next;
    }
  }

  /** Gives a stale list some time to become current. */
  pause(listings: number): Promise<void> {
    return pauseBetween(this.http.host, listings);
  }

  /** Waits until a request without a response has had its effect, if it ever does. */
  settle(): Promise<void> {
    return this.http.host.sleep(this.http.settings.requestTimeoutMs);
  }

  /** Keeps these values out of all messages from now on. */
  learn(secrets: readonly (string | undefined)[]): void {
    for (const secret of secrets) this.http.redactor.learn(secret);
  }
}
