import { z } from "zod";
import { unknownRequest } from "./errors";
import { parseBody } from "./input";
import type { Incoming } from "./route";

/** Parses a body; fields that Smooch has but the emulator does not support get a 501. */
export function parseSupported<Shape extends z.ZodRawShape>(
  what: string,
  shape: Shape,
  request: Incoming,
): z.infer<z.ZodObject<Shape>> {
  requireSupported(what, shape, parseBody(z.looseObject({}), request));
  return parseBody(z.object(shape), request);
}

export function requireSupported(what: string, shape: object, given: object): void {
  const unknown = Object.keys(given).filter((field) => !Object.hasOwn(shape, field));
  if (unknown.length === 0) return;
  throw unknownRequest(`It does not support these fields of ${what}: ${unknown.join(", ")}.`);
}
