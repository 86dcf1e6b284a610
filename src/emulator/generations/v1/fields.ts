import { z } from "zod";

/** legacy.md 9.16: no length is documented. */
export const text = z.string().min(1, { error: "must not be empty" });

/** legacy.md 2.2 */
export const flatObject = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean()], { error: "must be a string, a number or a boolean" }),
);
