import type { z } from "zod";
import type { ApiVersion } from "../smooch/api-version";
import type { SmoochClient } from "../smooch/client";
import type { SmoochError } from "../smooch/errors";
import type { Listing } from "../smooch/listing";
import type { Inventory } from "./inventory";
import type { Identified, Properties } from "./object";

export type { Identified, Properties };

/**
 * What is specific to one kind of resource; the lifecycle has everything that all kinds share. Code that works with any
 * kind uses `Kind` without type arguments.
 */
export interface Kind<
  Inputs extends object = object,
  Address extends object = object,
  Remote extends Identified = Identified,
> {
  /** The kind's name in messages, e.g. `key`. */
  label: string;
  inputs: z.ZodType<Inputs> & { shape: Readonly<Record<string, unknown>> };
  /** Values that check fills in for inputs the program does not set. */
  defaults?(given: Given): Partial<Inputs>;
  /** The API versions that have such objects. Absent: all. */
  in?: readonly ApiVersion[];
  /** The API version that an object is bound to, undefined while unknown. Absent: the configured version applies. */
  boundVersion?(inputs: object): ApiVersion | undefined;
  /** The first API version that has an input; nested inputs as a path with dots. */
  since?: Readonly<Record<string, ApiVersion>>;
  /** Further failures and warnings that can be found without a call. */
  validate?(inputs: Properties, context: ValidationContext): Validation;
  /** The inputs needed, besides the id, to find the object. */
  address: z.ZodType<Address>;
  /** Reads the part of an address that an import id does not name. */
  findAddress?(smooch: SmoochClient, id: string, known: Properties): Promise<Partial<Address>>;
  /** Whether an API version does not return an input of such an object, although it is not too old for it (`since`). */
  isHidden?(input: string, version: ApiVersion, inputs: Properties): boolean;
  /** Inputs that Smooch does not return; the state keeps the declared value. */
  notReturned: readonly string[];
  /** Properties that Smooch adds to the inputs. */
  outputs: readonly string[];
  /** Outputs every object must have; `update` restores any the state lacks. */
  requiredOutputs: readonly string[];
  /** Outputs that never change: the state keeps its value if Smooch returns another, a masked one or none. */
  immutableOutputs?: readonly string[];
  /** Whether the part of the object that held these outputs was deleted, so no missing one is reported. */
  isHollow?(remote: Remote): boolean;
  /** Inputs and outputs that are Pulumi secrets. */
  secrets: readonly string[];
  /**
   * Secret outputs computed from others. A program in Node.js computes them itself; the plugin stores them in the state.
   */
  derived?: Readonly<Record<string, (id: string, outputs: Properties) => string | undefined>>;
  /**
   * Inputs that Smooch accepts and never returns; the declared value counts as the actual one. If the program stops
   * declaring one, it stays as it is unless `emptyValues` has a value for it. If the object was adopted without one, a
   * value declared later counts as the actual one and replaces nothing.
   */
  writeOnly?: readonly string[];
  /** Inputs whose change replaces the object. */
  replaceOn: readonly string[] | ((inputs: Properties, version: ApiVersion) => readonly string[]);
  /** Whether the old object must be deleted before its replacement is created. */
  deleteBeforeReplace?(olds: Properties, news: Properties): boolean;
  /** Lists whose order has no meaning: inputs, or properties inside an input. */
  unorderedLists?: readonly string[];
  /** Objects, or lists of objects, of which only the declared keys are managed: Smooch adds others. */
  partiallyManaged?: readonly string[];
  /** The managed part of an input's actual value, given what is declared, where the rules above do not fit. */
  observe?: Readonly<Record<string, (declared: unknown, actual: unknown) => unknown>>;
  /** The value that clears an input in Smooch once it is no longer declared. */
  emptyValues?: Partial<Inputs>;
  /** How many of them one app may have. */
  limit?: number;
  /** An input that needs the creation time in the object's id. */
  needsCreationTime?: string;
  /** Returns the input and the reason if the object must be replaced although no input that replaces it changed. */
  replacementDue?(object: {
    id: string;
    inputs: Properties;
    /** The outputs in the state. */
    olds: Properties;
    now: number;
  }): ReplacementDue | undefined;
  /** Whether an app key can neither create nor read one. */
  needsAccountKey?: true;
  /**
   * Advice after Smooch refused to create one, instead of the general advice. `alike` are the objects that it may
   * conflict with.
   */
  advise?(error: SmoochError, inputs: Inputs, alike: readonly Remote[]): string | undefined;

  create(smooch: SmoochClient, inputs: Inputs): Promise<Remote>;
  read(smooch: SmoochClient, id: string, address: Address): Promise<Remote>;
  /** Lists the objects among which a new one would appear. */
  siblings(smooch: SmoochClient, address: Address): Promise<Listing<Remote>>;
  /** What inputs have in common with the object created from them, so that the object can be recognized. */
  matchKey(object: Inputs | Remote): string;
  /** Absent if the API cannot change one. */
  update?(smooch: SmoochClient, id: string, address: Address, change: Partial<Inputs>): Promise<Remote>;
  /** Whether the API replaces the whole object, so that an update gets all inputs. */
  replacesWhole?: true;
  /** Returns whether the API's response to the deletion was exactly as documented. */
  delete(smooch: SmoochClient, id: string, address: Address): Promise<boolean>;
  /** Whether the API creates it without its inputs, which an update then sets. */
  createsEmpty?: true;
  /** Whether what holds the object has one at most. */
  isSingleton?: true;
  /** The id of the app that holds the object; absent outside apps. */
  appOf?(address: Address): string;
  /** What holds the object, if that is not an app or the account itself. */
  holder?: {
    kind: Kind;
    idOf(address: Address): string;
    /** Whether an object of the holder's kind can hold such objects. Absent: all can. */
    canHold?(holder: object): boolean;
  };
  /** Whether a deletion only counts once the object is proven gone, whatever the API's response. */
  verifyDeletion?: boolean;
  /** Whether the API refuses calls signed with the object: proof that it is gone, even if its app cannot be read. */
  isRevoked?(smooch: SmoochClient, id: string, address: Address, state: Properties): Promise<boolean>;
  /** Whether the object holds nothing yet; any other creator would have filled it by now. */
  isEmpty?(smooch: SmoochClient, id: string): Promise<boolean>;
  inventory: Inventory<Remote>;
}

export interface ReplacementDue {
  property: string;
  reason: string;
  deleteBeforeReplace?: boolean;
}

/** What defaults are computed from. */
export interface Given {
  version: ApiVersion;
  declared: Properties;
  /** The resource's name in the program when it was created (it may have been renamed since), if it is known. */
  resourceName?: string | undefined;
}

/** What inputs are validated against. */
export interface ValidationContext {
  version: ApiVersion;
  /** The previous inputs; empty for a new resource. */
  olds: Properties;
  /** Whether an object must be created. */
  isNew: boolean;
}

/** What is wrong with the inputs; `property` is a path with dots, empty for the resource as a whole. */
export interface CheckFailure {
  property: string;
  reason: string;
}

export interface Validation {
  failures?: CheckFailure[];
  /** Whole sentences without a full stop. */
  warnings?: string[];
}

/** Whether an API version has such objects. */
export function existsIn({ in: versions }: Pick<Kind, "in">, version: ApiVersion): boolean {
  return versions === undefined || versions.includes(version);
}

/** Whether objects of this kind belong to the account itself. */
export function isRoot({ appOf, holder }: Pick<Kind, "appOf" | "holder">): boolean {
  return appOf === undefined && holder === undefined;
}

/** Infers the type parameters of a kind from its definition. */
export function kind<Inputs extends object, Address extends object, Remote extends Identified>(
  definition: Kind<Inputs, Address, Remote>,
): Kind<Inputs, Address, Remote> {
  return definition;
}

export function inputNames(kind: { inputs: { shape: Readonly<Record<string, unknown>> } }): string[] {
  return Object.keys(kind.inputs.shape);
}
