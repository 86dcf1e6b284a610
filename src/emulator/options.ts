import type { FaultPlan } from "./faults/plan";
import type { ProfileChanges } from "./profile";

/** How the emulated platform behaves where the real one is undocumented or depends on the plan. */
export interface EmulatorOptions {
  /** Id of the first account's first key. Default: a new id. */
  readonly accountKeyId?: string | undefined;
  /** Secret of that key. Default: a new secret. */
  readonly accountKeySecret?: string | undefined;
  /** Whether the first account has a second key, to rehearse how the first one is rotated. Default: false. */
  readonly secondKey?: boolean | undefined;
  /** An app that is there from the start, with a key: for programs that are given only the key of an app. */
  readonly app?: { readonly id: string; readonly keyId: string; readonly keySecret: string } | undefined;
  /** What `Emulator.save` gave: it goes on from there. Throws when it is something else. */
  readonly saved?: string | undefined;
  /** Apps that one account may hold; creating one more answers 402. Default: no limit. */
  readonly maxApps?: number | undefined;
  /** Whether a webhook's target must answer a HEAD request before it is accepted. Default: true. */
  readonly checkTargets?: boolean | undefined;
  /**
   * Answers to questions that the documents leave open; `Emulator.setProfile` changes them later. Default: the
   * first answer of each.
   */
  readonly profile?: ProfileChanges | undefined;
  /** Calls per second for the whole emulator, more than 0; further ones answer 429 with `Retry-After`. Default: no limit. */
  readonly rateLimit?: number | undefined;
  /** Milliseconds before the first repeat of a failed delivery; each further wait doubles. Default: 1000. */
  readonly retryDelayMs?: number | undefined;
  /** What goes wrong from the start; `Emulator.setFaults` changes it later. Default: nothing. */
  readonly faults?: FaultPlan | undefined;
  /** How many requests, and how many deliveries, are remembered: the newest ones. Default: 10000. */
  readonly logSize?: number | undefined;
  /** Receives one line per request; it never holds a secret. */
  readonly log?: ((line: string) => void) | undefined;
}

/** The options that decide about requests, with their defaults. */
export interface Rules {
  readonly maxApps: number;
  readonly checkTargets: boolean;
  readonly retryDelayMs: number;
  readonly logSize: number;
}

export function toRules(options: EmulatorOptions): Rules {
  return {
    maxApps: options.maxApps ?? Number.POSITIVE_INFINITY,
    checkTargets: options.checkTargets ?? true,
    retryDelayMs: options.retryDelayMs ?? 1000,
    logSize: options.logSize ?? 10_000,
  };
}
