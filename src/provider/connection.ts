import type { ApiVersion } from "../smooch/api-version";
import { SmoochClient } from "../smooch/client";
import { keyOfApp } from "../smooch/credentials";
import type { Host } from "../smooch/host";
import { Reads } from "../smooch/reads";
import { type Context, Session } from "./context";
import { canConnect, Lifeline } from "./crash/engine";
import { MemoryJournal } from "./crash/journal";
import type { Run } from "./crash/run";
import { isUnresolved } from "./create/unresolved";
import { splitInternalInputs } from "./hidden";
import type { CheckFailure, Properties } from "./kind";
import { type ReadConfig, readApiVersion, readSettings, sightingOf } from "./settings";

/** This process's connection to Smooch: its configuration as received, and the context created from it. */
export class Connection {
  #config = notConfigured;
  #result: ReturnType<typeof readSettings> | undefined;
  #context: Context | undefined;
  #hasWarned = false;
  readonly session = new Session();

  constructor(
    private readonly environment: Readonly<Record<string, string | undefined>>,
    readonly host: Host,
    private readonly journal: MemoryJournal = new MemoryJournal(),
    private readonly run: Run = { backend: undefined, project: "", engine: "" },
    readonly lifeline = new Lifeline(() => {}),
  ) {}

  /**
   * Called when Pulumi's state has this object, or the entry of an unresolved create, for the resource with these
   * properties.
   */
  noteRecorded(id: string, properties: Properties): void {
    this.session.owned.add(id);
    this.journal.recorded(id);
    // The resource has not adopted anything then.
    if (isUnresolved(id)) this.session.adoptedInState.delete(splitInternalInputs(properties).resource);
  }

  /**
   * Only stores the configuration, because Pulumi's dynamic-provider process does not wait for `configure` before it
   * calls other methods (docs/pulumi-internals.md). Every kind receives the same configuration; only the first call
   * counts.
   */
  configure(config: ReadConfig): void {
    if (this.#config !== notConfigured) return;
    this.#config = config;
    this.#result = undefined;
  }

  /** Prints a line for the user. */
  say(line: string, severity?: "info"): void {
    this.host.log(`pulumi-smooch: ${line}`, severity);
  }

  /** The configured API version; if that setting is invalid, v1, and `failures` reports it. */
  apiVersion(): ApiVersion {
    const result = this.#readSettings();
    if ("settings" in result) return result.settings.apiVersion;
    return readApiVersion(this.#config, this.environment) ?? "v1";
  }

  failures(): CheckFailure[] {
    const result = this.#readSettings();
    return "failures" in result ? result.failures : [];
  }

  /** Why this credential cannot create objects that need an account key. */
  scopeFailures(): CheckFailure[] {
    const result = this.#readSettings();
    const keyId = "settings" in result ? keyOfApp(result.settings.credential) : undefined;
    if (keyId === undefined) return [];
    const reason = `cannot be created with ${keyId}, a key of an app: use an account key, whose tokens have the scope "account"`;
    return [{ property: "", reason }];
  }

  /** Warnings about the settings, once per process rather than for every resource. */
  newWarnings(): string[] {
    const result = this.#readSettings();
    if (this.#hasWarned || "failures" in result) return [];
    this.#hasWarned = true;
    return result.warnings;
  }

  /** Throws if the settings are unusable, with this advice. */
  context(advice?: string): Context {
    if (this.#context !== undefined) return this.#context;
    const result = this.#readSettings();
    if ("failures" in result) {
      const reasons = result.failures.map(({ property, reason }) => `${property} ${reason}`);
      const problem = `Smooch cannot be called: ${reasons.join("; ")}.`;
      throw new Error(advice === undefined ? problem : `${problem} ${advice}`);
    }
    const { settings } = result;
    const host = { ...this.host, send: this.lifeline.guard(this.host.send) };
    this.#context = {
      smooch: new SmoochClient(host, settings, settings.apiVersion, new Reads(this.host)),
      credential: sightingOf(settings),
      session: this.session,
      journal: this.journal,
      run: this.run,
      isListening: canConnect,
      patienceMs: settings.requestTimeoutMs,
    };
    return this.#context;
  }

  /** Cached, because a large stack makes thousands of checks. */
  #readSettings(): ReturnType<typeof readSettings> {
    this.#result ??= readSettings(this.#config, this.environment);
    return this.#result;
  }
}

const notConfigured: ReadConfig = () => undefined;
