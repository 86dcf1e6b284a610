import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "vitest";
import { Journals } from "../../../src/cli/verify/journal";
import { Verification, type VerifyOptions } from "../../../src/cli/verify/verify";
import { Emulator } from "../../../src/emulator/core";
import type { EmulatorOptions } from "../../../src/emulator/options";
import type { ApiVersion } from "../../../src/smooch/api-version";
import type { Host, WireRequest, WireResponse } from "../../../src/smooch/host";
import { TransportFault } from "../../../src/smooch/host";
import { RunningClock } from "../../support/clock";
import { Random } from "../../support/random";

type Intercept = (request: WireRequest, forward: () => Promise<WireResponse>) => Promise<WireResponse>;

const folders: string[] = [];

/** Removes what the tests of a file wrote. */
export function tidyUp(): void {
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });
}

/** A service for the suite to examine: an emulator, and whatever is between it and the command. */
export class Service {
  readonly clock = new RunningClock();
  readonly emulator: Emulator;
  readonly folder = mkdtempSync(join(tmpdir(), "pulumi-smooch-verify-"));
  readonly journals = new Journals(this.folder);
  intercept: Intercept = (_, forward) => forward();
  /** Methods and paths. */
  readonly sent: string[] = [];

  constructor(
    readonly version: ApiVersion,
    options: EmulatorOptions = {},
  ) {
    folders.push(this.folder);
    this.emulator = new Emulator(options, {
      now: this.clock.now,
      sleep: this.clock.sleep,
      random: new Random(1).next,
      send: async ({ url }) => {
        if (new URL(url).hostname.endsWith(".invalid")) throw new Error("no such host");
        return { status: 200 };
      },
    });
  }

  readonly host: Host = {
    now: () => this.clock.time,
    sleep: (ms) => this.clock.sleep(ms),
    random: () => 0.5,
    log: () => {},
    send: (request) => {
      this.sent.push(`${request.method} ${new URL(request.url).pathname}`);
      return this.intercept(request, () => this.#forward(request));
    },
  };

  verification(more: Partial<VerifyOptions> = {}, credential = this.credential): Verification {
    return new Verification(
      this.host,
      { settings: this.settings(credential), target, limits: false, ...more },
      this.journals,
    );
  }

  settings(credential = this.credential): VerifyOptions["settings"] {
    return {
      baseUrl: "https://api.smooch.io",
      credential,
      auth: "jwt",
      apiVersion: this.version,
      maxConcurrency: 1,
      requestTimeoutMs: 30_000,
      debug: false,
    };
  }

  get credential(): { keyId: string; secret: string } {
    return { keyId: this.emulator.accountKeyId, secret: this.emulator.accountKeySecret };
  }

  /** The journals on disk. */
  get notes(): string[] {
    return readdirSync(this.folder);
  }

  async #forward({ method, url, headers, body }: WireRequest): Promise<WireResponse> {
    const { pathname, search } = new URL(url);
    const {
      status,
      headers: received,
      body: text,
      broken,
    } = await this.emulator.handle({
      method,
      url: pathname + search,
      headers,
      body,
    });
    if (broken !== undefined) throw new TransportFault("lost", broken);
    return { status, headers: { ...received }, body: text };
  }
}

export const target = "https://bot.acme.example/hook?token=canary-of-the-target";
