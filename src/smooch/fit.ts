import { z } from "zod";
import { isId } from "./ids";
import type { Listing, Unreadable } from "./listing";

/** The response is JSON, but does not have the expected shape. */
export class MisfitError extends Error {
  constructor(
    /** Which fields are wrong, without their values; undefined if there is no object at all. */
    readonly problem: string | undefined,
  ) {
    super(problem);
  }
}

/** The response says, without a 404, that the object does not exist. */
export class AbsentError extends Error {}

/** The result of a create: the object, or at least its id. */
export type Created<T> = { object: T } | { id: string };

/** Reads the objects of one kind from responses. */
export interface ObjectReader<T> {
  one(wire: unknown): T;
  created(wire: unknown): Created<T>;
  /** The object's id, even if everything else is missing. */
  idOf(wire: unknown): string | undefined;
  /** A malformed object does not affect the others, but one without an id throws. */
  list(wires: readonly unknown[]): Listing<T>;
}

/** `idName` is the API's name for the id. */
export function objectReader<W, T>(
  idName: string,
  schema: z.ZodType<W>,
  read: (wire: W) => T,
): ObjectReader<T> {
  return {
    one: (wire) => read(requireFit(schema, wire)),
    created(wire) {
      const result = check(schema, wire);
      if ("value" in result) return { object: read(result.value) };
      const id = idIn(wire, idName);
      if (id === undefined) throw new MisfitError(result.problem);
      return { id };
    },
    idOf: (wire) => idIn(wire, idName),
    list(wires) {
      const items: T[] = [];
      const unreadable: Unreadable[] = [];
      for (const [index, wire] of wires.entries()) {
        const id = idIn(wire, idName);
        if (id === undefined) throw new MisfitError(`${idName} of item ${index + 1} is missing`);
        const result = check(schema, wire);
        if ("value" in result) items.push(read(result.value));
        else unreadable.push({ id, problem: String(result.problem) });
      }
      return { items, unreadable };
    },
  };
}

export function requireFit<T>(schema: z.ZodType<T>, wire: unknown): T {
  const result = check(schema, wire);
  if ("value" in result) return result.value;
  throw new MisfitError(result.problem);
}

function idIn(wire: unknown, idName: string): string | undefined {
  const id = valueAt(wire, idName);
  return typeof id === "string" && isId(id) ? id : undefined;
}

function check<T>(schema: z.ZodType<T>, wire: unknown): { value: T } | { problem: string | undefined } {
  const { success, data, error } = schema.safeParse(wire);
  if (success) return { value: data };
  const isObject = error.issues.every(({ path }) => path.length > 0);
  return { problem: isObject ? error.issues.map((issue) => describe(issue, wire)).join(", ") : undefined };
}

function describe({ path }: z.core.$ZodIssue, wire: unknown): string {
  const value = path.reduce<unknown>(valueAt, wire) ?? undefined;
  return `${path.map(String).join(".")} ${value === undefined ? "is missing" : "has an unexpected value"}`;
}

function valueAt(value: unknown, key: PropertyKey): unknown {
  return Reflect.get(Object(value), key);
}

/** An id in a response. */
export const id = z.string().refine(isId);

/** A value that may be missing, which null means too. */
export function optional<T>(schema: z.ZodType<T>) {
  return schema.nullish().transform((value) => value ?? undefined);
}

/** A secret. A masked one counts as missing. */
export const readableSecret = z
  .unknown()
  .optional()
  .transform((value) => (typeof value === "string" && /^[\w-]{16,}$/.test(value) ? value : undefined));
