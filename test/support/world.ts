import { Emulator } from "../../src/emulator/core";
import type { EmulatorOptions } from "../../src/emulator/options";
import { type Context, Session } from "../../src/provider/context";
import { MemoryJournal } from "../../src/provider/crash/journal";
import type { ApiVersion } from "../../src/smooch/api-version";
import { SmoochClient } from "../../src/smooch/client";
import { type Credential, credentialName } from "../../src/smooch/credentials";
import type { Host, Transport, WireRequest, WireResponse } from "../../src/smooch/host";
import type { HttpSettings } from "../../src/smooch/http";
import type { Reads } from "../../src/smooch/reads";
import { RunningClock } from "./clock";
import { Random } from "./random";

export type Intercept = (request: WireRequest, forward: () => Promise<WireResponse>) => Promise<WireResponse>;

/**
 * The emulator's core, the client and a lifecycle context joined in one process, on a clock that jumps over every
 * wait. What the client sends reaches the core unless a test intercepts it.
 */
export class World {
  readonly clock = new RunningClock();
  /** How far the client's clock is ahead of Smooch's. */
  clientAheadMs = 0;
  readonly sent: string[] = [];
  /** The requests that change something: method and path, and the body if there is one. */
  readonly writes: [string, unknown?][] = [];
  /** Survives the processes that a test simulates. */
  readonly journal = new MemoryJournal();
  /** The backend in which the processes of a test keep their state. */
  backend: string | undefined = "/state";
  /** The engine of another run in progress, in addition to the calling process's own. */
  liveEngine: string | undefined;
  #engines = 0;
  readonly waits: number[] = [];
  readonly said: string[] = [];
  readonly emulator: Emulator;
  intercept: Intercept = (_, forward) => forward();

  constructor(
    options: EmulatorOptions = {},
    readonly version: ApiVersion = "v1",
  ) {
    this.emulator = new Emulator(options, {
      now: this.clock.now,
      sleep: this.clock.sleep,
      random: new Random(1).next,
      send: async () => ({ status: 200 }),
    });
  }

  get time(): number {
    return this.clock.time;
  }

  set time(time: number) {
    this.clock.time = time;
  }

  readonly host: Host = {
    now: () => this.time + this.clientAheadMs,
    sleep: (ms) => {
      this.waits.push(ms);
      return this.clock.sleep(ms);
    },
    random: () => 0.5,
    send: (request) => {
      const line = `${request.method} ${new URL(request.url).pathname}`;
      this.sent.push(line);
      if (request.method !== "GET")
        this.writes.push(request.body === undefined ? [line] : [line, JSON.parse(request.body)]);
      return this.intercept(request, () => this.#forward(request));
    },
    log: (line) => {
      this.said.push(line);
    },
  };

  client(
    credential: Credential = this.credential(),
    more: Partial<HttpSettings> = {},
    reads?: Reads,
  ): SmoochClient {
    const settings = {
      baseUrl: "https://api.smooch.io",
      credential,
      auth: "jwt" as const,
      maxConcurrency: 8,
      requestTimeoutMs: 30_000,
      debug: true,
      ...more,
    };
    return new SmoochClient(this.host, settings, this.version, reads);
  }

  credential(): { keyId: string; secret: string } {
    return { keyId: this.emulator.accountKeyId, secret: this.emulator.accountKeySecret };
  }

  /** The context of a process that has just started. */
  context(credential: Credential = this.credential()): Context {
    const engine = `127.0.0.1:${++this.#engines}`;
    return {
      smooch: this.client(credential),
      credential: `${credentialName(credential)}@api.smooch.io/${this.version}`,
      session: new Session(),
      journal: this.journal,
      run: { backend: this.backend, project: "test", engine },
      isListening: async (other) => other === engine || other === this.liveEngine,
      patienceMs: 30_000,
    };
  }

  /** Another key of the account. */
  rotated(): Context {
    const { accountKeyId: keyId, accountKeySecret: secret } = this.emulator.addAccountKey();
    return this.context({ keyId, secret });
  }

  /** The key of another account. */
  stranger(): Context {
    const { accountKeyId: keyId, accountKeySecret: secret } = this.emulator.addAccount();
    return this.context({ keyId, secret });
  }

  readonly #forward: Transport = async ({ method, url, headers, body }) => {
    const { pathname, search } = new URL(url);
    const answer = await this.emulator.handle({ method, url: pathname + search, headers, body });
    if (answer.headers["x-smooch-emulator"] === undefined)
      throw new Error("the response did not come from the emulator");
    return { status: answer.status, headers: { ...answer.headers }, body: answer.body };
  };
}
