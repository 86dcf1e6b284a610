import type { FaultPlan } from "./faults/plan";
import type { ProfileChanges } from "./profile";

/**
 * Options of the emulator: its keys, its data, and its behaviour where the real platform is undocumented or depends
 * on the plan.
 */
export interface EmulatorOptions {
  /** Id of the first account's first key. Default: a new id. */
  readonly accountKeyId?: string | undefined;
  /** Secret of that key. Default: a new secret. */
  readonly accountKeySecret?: string | undefined;
  /** Whether the first account has a second key, to rehearse a rotation of the first one. Default: false. */
  readonly secondKey?: boolean | undefined;
  /** An app that exists from the start, with a key, for programs that have only an app key. */
  readonly app?: { readonly id: string; readonly keyId: string; readonly keySecret: string } | undefined;
  /** The result of `Emulator.save`, to continue from that state. Throws if it is anything else. */
  readonly saved?: string | undefined;
  /** Maximum number of apps per account; creating one more returns 402. Default: no limit. */
  readonly maxApps?: number | undefined;
  /** Whether a webhook's target must respond to a HEAD request before it is accepted. Default: true. */
  readonly checkTargets?: boolean | undefined;
  /**
   * Behaviour that the API documentation leaves open; `Emulator.setProfile` changes it later. Default: the first
   * value of each setting.
   */
  readonly profile?: ProfileChanges | undefined;
  /**
   * Maximum calls per second for the whole emulator, more than 0; further calls get 429 with `Retry-After`. Default:
   * no limit.
   */
  readonly rateLimit?: number | undefined;
  /** Milliseconds before the first retry of a failed delivery; each further wait is twice as long. Default: 1000. */
  readonly retryDelayMs?: number | undefined;
  /** Fault plan from the start; `Emulator.setFaults` changes it later. Default: no faults. */
  readonly faults?: FaultPlan | undefined;
  /** Number of requests, and of deliveries, to keep: the most recent ones. Default: 10000. */
  readonly logSize?: number | undefined;
  /** Receives one line per request; it never holds a secret. */
  readonly log?: ((line: string) => void) | undefined;
}

/** The options that determine how requests are handled, with their defaults applied. */
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
