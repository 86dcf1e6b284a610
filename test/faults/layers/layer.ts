import type { Entry as Note } from "../../../src/provider/crash/journal";
import type { ApiVersion } from "../../../src/smooch/api-version";
import type { LiveObject, Watch } from "../checks/watch";
import type { Program } from "../program/program";
import type { Schedule, Step } from "../program/schedule";
import type { Outcome } from "./engine";
import type { Entry } from "./state";

/** Where a schedule is played: something that carries out Pulumi's commands against an emulator. */
export interface Stage {
  readonly watch: Watch;
  run(step: Step, attempt: number): Promise<Outcome>;
  /** What an `up` would do. */
  preview(program: Program): Promise<readonly string[]>;
  state(): Promise<readonly Entry[]>;
  /** The state while a command runs, where that can be seen. */
  stateNow(): readonly Entry[] | undefined;
  /** `pulumi state delete <urn> --target-dependents`. */
  forget(entry: Entry): Promise<void>;
  /** Deletes the note of an interrupted create, under the name that an error gives it. */
  dropNote(name: string): void;
  /** The creates that a kill interrupted and that Pulumi named to the person. */
  interrupted?(): readonly Omit<LiveObject, "id">[];
  /** The notes of creates that may have been interrupted. */
  notes?(): readonly Note[];
  /** Gives the stack another account key from now on; false where that cannot be done now. */
  exchangeKey?(): boolean;
  /** Takes an app away from the stack's service key; false where it has none. */
  revoke?(appId: string): boolean;
  /** Ends that: by another account key, or by giving the app back where the key cannot be exchanged now. */
  restore?(appId: string): void;
  /** The API version that the stack's configuration names from now on. */
  useVersion?(version: ApiVersion): void;
  /** Processes killed so far. */
  readonly kills?: number;
  /** Carries a promise to its end: lets virtual time pass. */
  await<T>(task: Promise<T>): Promise<T>;
  /** Lets time pass. */
  pass(ms: number): Promise<void>;
  now(): number;
  close(): Promise<void>;
}

/** A layer makes a stage for each schedule; its trace goes to `trace`. */
export interface Layer {
  open(schedule: Schedule, trace: (line: string) => void): Promise<Stage>;
  close(): Promise<void>;
}
