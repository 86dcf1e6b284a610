import type { SmoochError } from "../../smooch/errors";
import type { Listing } from "../../smooch/listing";
import type { Context } from "../context";
import type { Identified, Kind } from "../kind";
import { listIds } from "./unresolved";

/** Adds advice to a refusal, which may depend on the objects that already exist. */
export async function explainRefusal(
  kind: Kind,
  { smooch }: Context,
  inputs: object,
  error: SmoochError,
): Promise<SmoochError> {
  const siblings = () =>
    kind
      .siblings(smooch, kind.address.parse(inputs))
      .catch((): Listing<Identified> => ({ items: [], unreadable: [] }));
  if (error.status === 400 && kind.limit !== undefined) {
    // Smooch documents no error code for a limit (docs/api/v2.md), so the objects are counted.
    const { items, unreadable } = await siblings();
    const length = items.length + unreadable.length;
    if (length >= kind.limit) {
      // A replacement created before the old object is deleted needs room for both.
      const holder = kind.holder?.kind.label ?? "app";
      const replacing = kind.deleteBeforeReplace
        ? ""
        : ` If ${kind.label}s of this ${holder} are being replaced, their old ones are deleted only at the end of the update: set the resource option \`deleteBeforeReplace: true\` on each that fails, and run it again. The old one is then deleted first, and nothing works in its place until the new one exists.`;
      return error.withAdvice(
        `Delete one, or declare it in another ${holder}.${replacing}`,
        `the ${holder} already has ${length} ${kind.label}s, the most Smooch allows`,
      );
    }
  }
  const alike =
    error.status === 409
      ? (await siblings()).items.filter((one) => kind.matchKey(one) === kind.matchKey(inputs))
      : [];
  const advice = kind.advise?.(error, inputs, alike);
  if (advice !== undefined) return error.withAdvice(advice);
  return alike.length === 0
    ? error
    : error.withAdvice(
        `It looks like ${kind.label} ${listIds(alike)}, which already exists: adopt that one if no other resource has it, or delete it if nothing uses it.`,
      );
}
