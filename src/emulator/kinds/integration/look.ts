import { z } from "zod";

/** Hex digits without `#`. */
export const color = z
  .string()
  .regex(/^([0-9a-f]{3}|[0-9a-f]{6})$/i, { error: "must be 3 or 6 hex digits without #" });

export const displayStyle = z.enum(["button", "tab"], { error: "must be button or tab" });
