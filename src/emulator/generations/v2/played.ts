import { z } from "zod";
import { unknownRequest } from "../../errors";
import { parseBody } from "../../input";
import type { Incoming } from "../../route";

/** The request's body, of which the platform knows more than the emulator plays: what it does not play, it refuses. */
export function parsePlayed<Shape extends z.ZodRawShape>(
  what: string,
  shape: Shape,
  request: Incoming,
): z.infer<z.ZodObject<Shape>> {
  requirePlayed(what, shape, parseBody(z.looseObject({}), request));
  return parseBody(z.object(shape), request);
}

export function requirePlayed(what: string, shape: object, given: object): void {
  const unknown = Object.keys(given).filter((field) => !(field in shape));
  if (unknown.length === 0) return;
  throw unknownRequest(`It does not play these fields of ${what}: ${unknown.join(", ")}.`);
}
