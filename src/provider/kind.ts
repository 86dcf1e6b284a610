import type { z } from "zod";
import type { SmoochClient } from "../smooch/client";

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
  defaults?: Partial<Inputs>;
  /** What it takes, beside the id, to find the object; a subset of the inputs. */
  address: z.ZodType<Address>;
  /** Inputs that Smooch does not give back; they stay as declared. */
  local: readonly string[];
  /** What Smooch adds to the inputs. */
  outputs: readonly string[];
  secretOutputs: readonly string[];
  /** Inputs whose change makes a new object. */
  replaceOn: readonly string[];
  /** Whether the old object has to go before its replacement can be. */
  deleteBeforeReplace?(olds: Properties, news: Properties): boolean;
  /** Lists whose order means nothing. */
  sets?: readonly string[];
  /** Objects that Smooch completes with values of its own: only the declared keys are managed. */
  partial?: readonly string[];
  /** What clears an input in Smooch that is no longer declared. */
  cleared?: Partial<Inputs>;
  /** The most of them that one app may have. */
  limit?: number;
  /** Inputs whose values no message may show. */
  sensitive?: readonly string[];
  /** An input that means something only where the object's id tells when it was made. */
  needsCreationTime?: string;
  /** Whether an unchanged object has to be replaced all the same: on account of which input, and why. */
  outdated?(id: string, inputs: Properties, now: number): { property: string; reason: string } | undefined;
  /** What to do next when Smooch refuses one, by HTTP status, where the general advice would not help. */
  advice?: Readonly<Record<number, string>>;

  create(smooch: SmoochClient, inputs: Inputs): Promise<Remote>;
  read(smooch: SmoochClient, id: string, address: Address): Promise<Remote>;
  /** All objects among which a new one would be. */
  siblings(smooch: SmoochClient, address: Address): Promise<Remote[]>;
  /** What a new object and the inputs it was made from have in common: the way to recognise it. */
  likeness(object: Inputs | Remote): string;
  /** Absent where the API cannot change one. */
  update?(smooch: SmoochClient, id: string, address: Address, change: Partial<Inputs>): Promise<Remote>;
  delete(smooch: SmoochClient, id: string, address: Address): Promise<void>;
  /** Rejects with a 404 unless the object that holds it is visible; absent where nothing but the account does. */
  parent?(smooch: SmoochClient, address: Address): Promise<unknown>;
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
