import { randomBytes } from "node:crypto";
import { type Profile, parseProfile } from "../../emulator/profile";
import { accountIdentity, type Settings } from "../../provider/settings";
import { credentialName } from "../../smooch/credentials";
import type { Host } from "../../smooch/host";
import { Cleanup, type Leftover } from "./cleanup";
import { compare, type Finding } from "./compare";
import { type Bound, BoundError, Connection } from "./connection";
import { startGuard } from "./guard";
import type { Journals, Run } from "./journal";
import { inferProfile, settingAnswers } from "./profile";
import { record } from "./recording";
import { emulate } from "./reference";
import { Observations, PointlessError, Runner } from "./runner";
import { type Step, wordsOf } from "./step";
import { type Owner, type Suite, type SuiteOptions, suiteFor } from "./suite";

export interface VerifyOptions {
  settings: Settings;
  /** With an app key: the app. */
  app?: string | undefined;
  /** A public address that responds to HEAD. */
  target?: string | undefined;
  limits: boolean;
}

export interface Result {
  findings: Finding[];
  /** The emulator's profile with which it was compared. */
  profile: Profile;
  /** Objects that could not be deleted. */
  left: Leftover[];
  calls: number;
  steps: number;
  /** Why the run ended early. */
  stopped?: string;
}

const runMs = 10 * 60_000;
const cleanupMs = 5 * 60_000;
/** For repeats after a 429. */
const spareCalls = 20;

/** One run of the suite against a service. */
export class Verification {
  readonly suite: Suite;
  readonly mark = randomBytes(6).toString("hex");
  readonly #suiteOptions: SuiteOptions;
  readonly #seen: Observations;
  #runner: Runner | undefined;
  #secrets: ReadonlySet<string> = new Set();

  constructor(
    private readonly host: Host,
    private readonly options: VerifyOptions,
    private readonly journals: Journals,
  ) {
    const { settings, app, target, limits } = options;
    const owner = ownerOf(settings);
    if ((owner === "app") !== (app !== undefined)) {
      throw new Error(
        owner === "app"
          ? "these are the credentials of an app: name the app with --app <id>"
          : "--app is for credentials of an app; an account key creates an app of its own",
      );
    }
    this.#suiteOptions = { owner, hasTarget: target !== undefined, limits };
    this.suite = suiteFor(settings.apiVersion, this.#suiteOptions);
    this.#seen = new Observations([
      ["mark", this.mark],
      ...(target === undefined ? [] : [["target", markedTarget(target, this.mark)] as const]),
      ...(app === undefined ? [] : [["app", app] as const]),
    ]);
  }

  get steps(): readonly Step[] {
    return [...this.suite.parts, ...this.suite.last].flatMap(({ steps }) => steps);
  }

  /** What a run creates at most, by label. */
  get creates(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const { makes } of this.steps)
      if (makes) counts.set(makes.label, (counts.get(makes.label) ?? 0) + 1);
    return counts;
  }

  /** The most calls and time that a run takes, with the deletion of everything. */
  get bound(): Bound {
    const created = this.steps.filter(({ makes }) => makes !== undefined).length;
    // Each is deleted and read again; either may have to be repeated, or a list be read.
    const calls = this.steps.length + spareCalls + created * 4 + spareCalls;
    return { calls, ms: runMs + cleanupMs };
  }

  /** Ends the run after the current call; what it created is deleted all the same. */
  stop(): void {
    this.#runner?.stop();
  }

  async run(onStep: (step: Step) => void = () => {}): Promise<Result> {
    const { settings } = this.options;
    const words = wordsOf(settings.apiVersion);
    const suiteBound = { calls: this.steps.length + spareCalls, ms: runMs };
    const connection = new Connection(this.host, settings, suiteBound, (caller) => this.#seen.keyOf(caller));
    this.#secrets = connection.secrets;
    const guard = await startGuard(this.mark);
    const journal = this.journals.start({
      account: accountIdentity(settings),
      apiVersion: settings.apiVersion,
      mark: this.mark,
      address: guard.address,
    });
    const runner = new Runner(connection, journal, words, this.#seen, onStep);
    this.#runner = runner;
    const cleanup = new Cleanup(connection, journal, (ms) => this.host.sleep(ms));
    let stopped: string | undefined;
    let left: Leftover[];
    try {
      await runner.run(this.suite.parts);
      if (!runner.isStopped && this.suite.last.length > 0) {
        connection.raise(this.bound);
        await cleanup.deleteAll(({ label }) => label === "app");
        await runner.run(this.suite.last);
      }
    } catch (error) {
      if (!(error instanceof BoundError || error instanceof PointlessError)) throw error;
      stopped = error.message;
    } finally {
      connection.raise(this.bound);
      left = await cleanup.deleteAll();
      guard.close();
    }
    if (runner.isStopped) stopped = "interrupted";
    return {
      ...(await this.#compare()),
      left,
      calls: connection.calls,
      steps: this.#seen.exchanges.length,
      ...(stopped !== undefined && { stopped }),
    };
  }

  /** The text of a recording of the run. Throws rather than give away a secret. */
  record(): string {
    const { apiVersion } = this.options.settings;
    return record(apiVersion, this.#suiteOptions, this.#seen, this.#secrets, this.#privateTexts());
  }

  /** Runs the same steps against the emulator, as far as possible in the profile that the service showed. */
  async #compare(): Promise<{ findings: Finding[]; profile: Profile }> {
    const all = [...this.suite.parts, ...this.suite.last];
    const answers = settingAnswers(all, this.#seen.answers);
    const profile = inferProfile(answers);
    const names = new Map([...this.#seen.names].filter(([name]) => ["mark", "target"].includes(name)));
    const { owner } = this.#suiteOptions;
    const emulated = await emulate(this.options.settings.apiVersion, this.suite, { owner, names, profile });
    const isApi404 = (answers.get("notFound") ?? parseProfile({}).notFound) === "api";
    return { findings: compare(all, this.#seen, emulated, isApi404), profile };
  }

  #privateTexts(): string[] {
    const { settings, target } = this.options;
    const urls = [settings.baseUrl, ...(target === undefined ? [] : [target])];
    return [...urls, ...urls.map((url) => new URL(url).hostname), credentialName(settings.credential)];
  }
}

/** Deletes what earlier runs on this account left behind. */
export async function clean(
  host: Host,
  settings: Settings,
  journals: Journals,
  isRunning: (run: Run) => Promise<boolean>,
): Promise<{ runs: number; deleted: number; running: string[]; left: Leftover[] }> {
  const result = { runs: 0, deleted: 0, running: [] as string[], left: [] as Leftover[] };
  for (const journal of journals.leftBy(accountIdentity(settings))) {
    const { mark, apiVersion } = journal.run;
    if (await isRunning(journal.run)) {
      result.running.push(mark);
      continue;
    }
    const bound = { calls: journal.open.length * 4 + spareCalls, ms: cleanupMs };
    const connection = new Connection(host, { ...settings, apiVersion }, bound, () => undefined);
    const before = journal.open.length;
    const left = await new Cleanup(connection, journal, (ms) => host.sleep(ms)).deleteAll();
    result.runs++;
    result.deleted += before - left.length;
    result.left.push(...left);
  }
  return result;
}

/** Whose key it is, by the prefix of its id. */
function ownerOf({ credential }: Settings): Owner {
  const owners: Readonly<Record<string, Owner>> = { act_: "person", svc_: "service account", app_: "app" };
  const owner = owners[credentialName(credential).slice(0, 4)];
  if (owner !== undefined) return owner;
  throw new Error(
    "the credentials do not say whose they are: use a key (act_…, svc_… or app_…), or a token of one",
  );
}

/** Every target is different, and contains the mark. */
function markedTarget(target: string, mark: string): string {
  return `${target}${target.includes("?") ? "&" : "?"}verify=${mark}-`;
}
