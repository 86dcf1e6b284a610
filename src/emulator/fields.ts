import { z } from "zod";
import { badRequest } from "./errors";

/** For strings without a documented maximum length in v1 and v1.1. */
export const text = z.string().min(1, { error: "must not be empty" });

/** A name in v2. */
export const shortText = text.max(100, { error: "must not be longer than 100 characters" });

const scalar = z.union([z.string(), z.number(), z.boolean()], {
  error: "must be a string, a number or a boolean",
});

/** What a schema describes, which is replaced and never changed. */
export type Stored<Schema extends z.ZodType> = DeepReadonly<z.infer<Schema>>;
type DeepReadonly<T> = T extends object ? { readonly [Name in keyof T]: DeepReadonly<T[Name]> } : T;

export const flatObject = z.record(z.string(), scalar);

const maxMetadataBytes = 4096;

const tooMuchMetadata = `must not be larger than ${maxMetadataBytes} bytes`;

export const metadata = flatObject.refine(fits, { error: tooMuchMetadata });

/** A change that is merged into metadata: `null` removes a key, or everything. */
export const metadataPatch = z.record(z.string(), scalar.nullable()).nullish();

/** Throws a 400 if the merged metadata is too large. */
export function requireFittingMetadata(merged: object): void {
  if (!fits(merged)) throw badRequest(`metadata: ${tooMuchMetadata}`);
}

function fits(metadata: object): boolean {
  return Buffer.byteLength(JSON.stringify(metadata)) <= maxMetadataBytes;
}

export const httpUrl = z.string().refine((value) => /^https?:\/\//.test(value) && URL.canParse(value), {
  error: "must be an http:// or https:// URL",
});

export const isoTime = z.iso.datetime({ error: "must be a time like 2018-10-06T03:38:02.346Z" });

/** A whole number in a query string. */
export function wholeNumber(min: number, max: number) {
  const error = max === Number.MAX_SAFE_INTEGER ? "must be a whole number" : `must be from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d+$/, { error })
    .transform(Number)
    .refine((value) => value >= min && value <= max, { error });
}
