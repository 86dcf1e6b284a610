import { z } from "zod";
import { idForm, isId } from "../../smooch/ids";
import type { Given } from "../kind";

/** A Smooch id: opaque, but it becomes part of a path. */
export const id = z
  .string("must be an id")
  .min(1, { error: "must not be empty", abort: true })
  .refine(isId, `must be an id: ${idForm}`);

/** 1 to 100 characters, as documented in v2; v1 only documents that a name is required. */
export const name = z
  .string("must be a string")
  .regex(/\S/, "must not be empty")
  .max(100, "must not be longer than 100 characters");

/** The default name: the resource's name in the program when it was created. */
export function defaultName({ resourceName }: Given): { name?: string } {
  return resourceName ? { name: resourceName } : {};
}

/** The name as an argument; omitted if it is the default. */
export function nameArg(name: string, { resourceName }: { resourceName: string }): { name?: string } {
  return name === resourceName ? {} : { name };
}

export const flag = z.boolean("must be true or false");

export const scalar = z.union(
  [z.string(), z.number(), z.boolean()],
  "must be a string, a number or a boolean",
);

export const targetUrl = z
  .string("must be a URL")
  .refine(isHttpUrl, "must be a URL that begins with http:// or https://, without spaces and backslashes");

/** Smooch returns colours without `#`, so a colour with it would always differ. */
export const color = z
  .string("must be a string")
  .regex(/^([0-9a-f]{3}|[0-9a-f]{6})$/i, "must be 3 or 6 hex digits, without #");

export const webhookTriggers = z
  .array(z.string("must be a string").min(1, "must not be empty"), "must be a list")
  .min(1, "must name at least one trigger");

/** `URL` alone would silently correct a URL that Smooch receives unchanged. */
export function isHttpUrl(text: string): boolean {
  return /^https?:\/\/[^\s\\/?#][^\s\\\p{Cc}]*$/u.test(text) && URL.canParse(text);
}
