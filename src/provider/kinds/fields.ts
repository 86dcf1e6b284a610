import { z } from "zod";

/** An id of Smooch's; opaque (legacy.md 1.2). */
export const id = z.string("must be an id").min(1, "must not be empty");

/** 1 to 100 characters: v2 documents it, v1 only that there must be one. */
export const name = z
  .string("must be a text")
  .regex(/\S/, "must not be empty")
  .max(100, "must not be longer than 100 characters");

export const scalar = z.union([z.string(), z.number(), z.boolean()], "must be a text, a number or a boolean");
