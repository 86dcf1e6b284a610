import { Session } from "../../provider/context";
import { FileJournal, journalFolder } from "../../provider/crash/journal";
import type { Witness } from "../../provider/gone";
import { accountIdentity, type Settings, sightingOf } from "../../provider/settings";
import { SmoochClient } from "../../smooch/client";
import { credentialName, keyOfApp } from "../../smooch/credentials";
import { realHost } from "../../smooch/transport";
import { showProgress } from "../shared/account/progress";
import { readAccount, requireMatchingApp } from "../shared/account/read";
import { requireSettings } from "../shared/settings";
import { readStacks, readStateFile, requireStacks, type Stack } from "../shared/stack-state";
import { type Comparison, compare } from "./compare";
import type { Seen } from "./objects";

interface Subject {
  readonly stack: readonly string[];
  readonly state: readonly string[];
  readonly app: readonly string[];
  readonly cwd: string;
}

/** An audit. It can be repeated, because the user may take minutes to answer. */
export class Audit {
  readonly smooch: SmoochClient;

  private constructor(
    private readonly given: Subject,
    private readonly settings: Settings,
    private readonly files: readonly Stack[],
  ) {
    this.smooch = new SmoochClient(realHost(), settings, settings.apiVersion);
  }

  /**
   * Looks up the stacks and reads the settings and local files, so that mistakes in them are reported before the account
   * is read. A missing stack comes first: it would have no settings either.
   */
  static async prepare(flags: Subject): Promise<Audit> {
    const given = { ...flags, stack: [...new Set(flags.stack)], state: [...new Set(flags.state)] };
    const files: Stack[] = [];
    for (const name of given.state) files.push(await readStateFile(name));
    await requireStacks(given.cwd, given.stack);
    return new Audit(given, await requireSettings(given.cwd, given.stack[0], process.env), files);
  }

  get names(): string[] {
    return [...this.given.stack, ...this.given.state];
  }

  /** What was audited, as printed by `--json`. */
  get subject() {
    return {
      account: accountIdentity(this.settings),
      apiVersion: this.settings.apiVersion,
      stacks: this.names,
    };
  }

  /** The evidence that `deleteUntilGone` needs. */
  get witness(): Witness {
    return { smooch: this.smooch, credential: sightingOf(this.settings), session: new Session() };
  }

  get ownKeyId(): string {
    return credentialName(this.settings.credential);
  }

  async look(): Promise<Comparison> {
    const progress = showProgress(process.stderr);
    const reading = {
      appFilter: this.given.app,
      progress: progress.show,
      keyOfApp: keyOfApp(this.settings.credential),
    };
    const account = await readAccount(this.smooch, reading).finally(progress.end);
    requireMatchingApp(account, this.given.app);
    return this.#compare(account, this.given.app);
  }

  /** Repeats the audit for the apps of some objects, or for all if one of them is in no app. */
  async lookAgain(objects: readonly Seen[]): Promise<Comparison> {
    const isOutside = objects.some(({ app }) => app === undefined);
    const appIds = [...new Set(objects.flatMap(({ app }) => app?.id ?? []))];
    const appFilter = isOutside ? this.given.app : appIds;
    const reading = {
      appFilter,
      progress: () => {},
      keyOfApp: keyOfApp(this.settings.credential),
    };
    return this.#compare(await readAccount(this.smooch, reading), appFilter);
  }

  /**
   * Reads the stacks after the account: an object created in between is then in a stack but not in the account. The
   * other way round, it would look unowned.
   */
  async #compare(
    account: Awaited<ReturnType<typeof readAccount>>,
    appFilter: readonly string[],
  ): Promise<Comparison> {
    const stacks = [...(await readStacks(this.given.cwd, this.given.stack)), ...this.files];
    return compare({
      account,
      version: this.settings.apiVersion,
      seenBy: sightingOf(this.settings),
      stacks,
      appFilter,
      interrupted: new FileJournal(journalFolder(process.env)).all().map(([, entry]) => entry),
    });
  }
}
