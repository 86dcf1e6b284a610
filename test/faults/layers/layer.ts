import type { Entry as Note } from "../../../src/provider/crash/journal";
import type { ApiVersion } from "../../../src/smooch/api-version";
import type { Likeness, Watch } from "../checks/watch";
import type { Program } from "../program/program";
import type { Schedule, Step } from "../program/schedule";
import type { Outcome } from "./engine";
import type { Entry } from "./state";

/** Where a schedule is played: it runs Pulumi's commands against an emulator. */
export interface Stage {
  readonly watch: Watch;
  run(step: Step, attempt: number): Promise<Outcome>;
  /** What an `up` would do. */
  preview(program: Program): Promise<readonly string[]>;
  state(): Promise<readonly Entry[]>;
  /** The state while a command runs; undefined if it cannot be read then. */
  stateNow(): readonly Entry[] | undefined;
  /** `pulumi state delete <urn> --target-dependents`. */
  forget(entry: Entry): Promise<void>;
  /** Deletes the note of an interrupted create, by the name in an error. */
  dropNote(name: string): void;
  /** The creates that a kill interrupted, if Pulumi named their resources. */
  interrupted?(): readonly Likeness[];
  /** The notes of creates that may have been interrupted. */
  notes?(): readonly Note[];
  /** Gives the stack another account key from now on; returns false if that is not possible now. */
  exchangeKey?(): boolean;
  /** Revokes the service key's access to an app; returns false if the stack has no such key. */
  revoke?(appId: string): boolean;
  /** Undoes `revoke`: with another account key, or by restoring access if the key cannot be exchanged now. */
  restore?(appId: string): void;
  /** Sets the API version in the stack's configuration from now on. */
  useVersion?(version: ApiVersion): void;
  /** Processes killed so far. */
  readonly kills?: number;
  /** Waits for a promise while virtual time passes. */
  await<T>(task: Promise<T>): Promise<T>;
  /** Lets time pass. */
  pass(ms: number): Promise<void>;
  now(): number;
  close(): Promise<void>;
}

/** Creates a stage for each schedule, whose trace goes to `trace`. */
export interface Layer {
  open(schedule: Schedule, trace: (line: string) => void): Promise<Stage>;
  close(): Promise<void>;
}
