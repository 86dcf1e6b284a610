import type { z } from "zod";
import type { ApiVersion } from "../smooch/api-version";
import type { SmoochClient } from "../smooch/client";
import type { SmoochError } from "../smooch/errors";
import type { Listing } from "../smooch/listing";
import type { CheckFailure } from "./check";
import type { Inventory } from "./inventory";

/** What one kind of resource says of itself; everything else is said once, in the lifecycle. */
export interface Kind<
  Inputs extends object = object,
  Address extends object = object,
  Remote extends Identified = Identified,
> {
  /** In messages, e.g. `key`. */
  noun: string;
  inputs: z.ZodType<Inputs> & { shape: Readonly<Record<string, unknown>> };
  /** Filled in by check where the user says nothing. */
  defaults?(given: Given): Partial<Inputs>;
  /** The generation that counts for an object, where that is not the one in use; undefined while nobody can say. */
  generation?(inputs: object): ApiVersion | undefined;
  /** Inputs that older generations of the API lack, nested ones as a path with dots. */
  since?: Readonly<Record<string, ApiVersion>>;
  /** What else can be known to be wrong, or doubtful, without a call. */
  judge?(inputs: Properties, situation: Situation): Judgement;
  /** What an input stands for where a state of an older version of this package lacks it. */
  assumed?: Properties;
  /** What it takes, beside the id, to find the object; a subset of the inputs. */
  address: z.ZodType<Address>;
  /** Inputs that Smooch does not give back; they stay as declared. */
  local: readonly string[];
  /** What Smooch adds to the inputs. */
  outputs: readonly string[];
  /** Outputs that every object has: a state without them is made whole by an update. */
  vital: readonly string[];
  /** Outputs that never change: one that comes back different, masked or not at all does not replace the one in the state. */
  immutableOutputs?: readonly string[];
  /** Whether the part of the object that had them was deleted: then nothing is said of what is not returned. */
  isHollow?(remote: Remote): boolean;
  /** Inputs and outputs that are Pulumi secrets. */
  secrets: readonly string[];
  /**
   * Inputs that Smooch takes and never shows. What is declared counts as true; no longer declared, they stay as they
   * are, unless `cleared` has something for them; declared for the first time for an object that was adopted without them, they are taken for what is there.
   */
  writeOnly?: readonly string[];
  /** Inputs whose change makes a new object. */
  replaceOn: readonly string[] | ((inputs: Properties, version: ApiVersion) => readonly string[]);
  /** Whether the old object has to go before its replacement can be. */
  deleteBeforeReplace?(olds: Properties, news: Properties): boolean;
  /** Lists whose order means nothing, among the inputs or inside one. */
  sets?: readonly string[];
  /** Objects, and lists of them, that Smooch completes with values of its own: only the declared keys are managed. */
  partial?: readonly string[];
  /** What clears an input in Smooch that is no longer declared. */
  cleared?: Partial<Inputs>;
  /** The most of them that one app may have. */
  limit?: number;
  /** An input that means something only where the object's id tells when it was made. */
  needsCreationTime?: string;
  /** Returns the input and the reason if the object must be replaced although no input that replaces it changed. */
  replacementDue?(object: {
    id: string;
    inputs: Properties;
    /** The outputs in the state. */
    olds: Properties;
    now: number;
  }): ReplacementDue | undefined;
  /** Whether a key of an app may not create one. */
  needsAccountKey?: true;
  /** What to do next when Smooch refuses to create one, where the general advice would not help. `alike`: what a conflict is with. */
  advise?(error: SmoochError, inputs: Inputs, alike: readonly Remote[]): string | undefined;

  create(smooch: SmoochClient, inputs: Inputs): Promise<Remote>;
  read(smooch: SmoochClient, id: string, address: Address): Promise<Remote>;
  /** All objects among which a new one would be. */
  siblings(smooch: SmoochClient, address: Address): Promise<Listing<Remote>>;
  /** What a new object and the inputs it was made from have in common: the way to recognise it. */
  likeness(object: Inputs | Remote): string;
  /** Absent where the API cannot change one. */
  update?(smooch: SmoochClient, id: string, address: Address, change: Partial<Inputs>): Promise<Remote>;
  /** Gives whether the API answered as it documents for a deletion. */
  delete(smooch: SmoochClient, id: string, address: Address): Promise<boolean>;
  /** The id of the app that holds the object; absent where nothing but the account does. */
  appOf?(address: Address): string;
  /** Whether a deletion counts only when the object is proven gone, however the API answered. */
  verifyDeletion?: boolean;
  /** Whether the API refuses what is signed with the object, which proves it dead where its app cannot be asked. */
  isRevoked?(smooch: SmoochClient, id: string, address: Address, state: Properties): Promise<boolean>;
  /** Whether nothing has been put into the object yet. Whoever else had made it would have filled it. */
  isEmpty?(smooch: SmoochClient, id: string): Promise<boolean>;
  inventory: Inventory<Remote>;
}

export interface ReplacementDue {
  property: string;
  reason: string;
  deleteBeforeReplace?: boolean;
}

/** What defaults are made from. */
export interface Given {
  version: ApiVersion;
  declared: Properties;
  /** What the program called the resource when it was made; it may have been renamed since. */
  resourceName: string;
}

/** Among what a resource is declared. */
export interface Situation {
  /** The generation of the API. */
  version: ApiVersion;
  /** The inputs before; empty where there are none. */
  olds: Properties;
  /** Whether an object has to be made. */
  isNew: boolean;
}

export interface Judgement {
  failures?: CheckFailure[];
  /** Whole sentences without a full stop. */
  warnings?: string[];
}

export interface Identified {
  id: string;
}

/** A resource's properties as they travel: plain JSON, possibly with unknown values in a preview. */
export type Properties = Record<string, unknown>;

/** Fixes the types of a kind from what it says. */
export function kind<Inputs extends object, Address extends object, Remote extends Identified>(
  definition: Kind<Inputs, Address, Remote>,
): Kind<Inputs, Address, Remote> {
  return definition;
}

export function inputNames(kind: { inputs: { shape: Readonly<Record<string, unknown>> } }): string[] {
  return Object.keys(kind.inputs.shape);
}
