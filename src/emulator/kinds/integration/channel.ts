import { z } from "zod";
import { badRequest } from "../../errors";
import { parseBody } from "../../input";
import type { Incoming } from "../../route";
import type { Fields, Integration } from "./objects";

/** The fields of one type of integration in one API version, without those that all types have. */
export interface Channel {
  readonly fields: { readonly [name: string]: Field };
  /** Validates the fields of a new integration together; returns the problem, if any. */
  readonly validate?: (fields: Fields) => string | undefined;
}

export type Channels = { readonly [type: string]: Channel };

export interface Field {
  /** Absent if only Smooch sets the field. */
  readonly wire?: z.ZodType;
  readonly required?: boolean;
  /** When requests may contain it. Default: on creation only. */
  readonly sent?: "always" | "later";
  /** In which responses it appears: never, as `null`, or only in the response to its creation. Default: in all. */
  readonly shown?: "never" | "asNull" | "once";
  /** The value in responses while it is not set. */
  readonly fallback?: unknown;
  /** The same, except in the response to the creation. */
  readonly laterFallback?: unknown;
}

/** Returns a function that reads the `type` of a new integration, which must be one of `names`. */
export function typeReader(names: readonly string[]): (request: Incoming) => string {
  const error = `must be one of ${names.join(", ")}`;
  const wire = z.looseObject({ type: z.enum(names as [string], { error }) });
  return (request) => parseBody(wire, request).type;
}

/** Reads the body of a create request; `common` are the fields that all types have. */
export function parseCreation(request: Incoming, channel: Channel, common: Channel["fields"]): Fields {
  const { type: _, ...fields } = parseBody(creationWire(channel, common), request);
  const problem = channel.validate?.(fields);
  if (problem !== undefined) throw badRequest(problem);
  return fields;
}

/** Reads the body of an update request; fields that cannot be changed are refused like unknown ones. */
export function parseChange(request: Incoming, channel: Channel, common: Channel["fields"]): Fields {
  return parseBody(changeWire(channel, common), request);
}

const creationWire = madeOnce((channel, common) => {
  const shape: Record<string, z.ZodType> = { type: z.string() };
  for (const [name, { wire, required, sent }] of Object.entries({ ...common, ...channel.fields })) {
    if (wire !== undefined && sent !== "later") shape[name] = required === true ? wire : wire.optional();
  }
  return z.strictObject(shape);
});

const changeWire = madeOnce((channel, common) => {
  const shape: Record<string, z.ZodType> = {};
  for (const [name, { wire, sent }] of Object.entries({ ...common, ...channel.fields })) {
    if (wire !== undefined && sent !== undefined) shape[name] = wire.optional();
  }
  return z.strictObject(shape);
});

type MakeWire = (channel: Channel, common: Channel["fields"]) => z.ZodType<Fields>;

/** Caches schemas: building one takes longer than using it. */
function madeOnce(make: MakeWire): MakeWire {
  const made = new WeakMap<Channel, WeakMap<Channel["fields"], z.ZodType<Fields>>>();
  return (channel, common) => {
    const ofChannel = made.get(channel) ?? new WeakMap();
    const wire = ofChannel.get(common) ?? make(channel, common);
    made.set(channel, ofChannel.set(common, wire));
    return wire;
  };
}

/** The fields of an integration in a response. */
export function writeFields(
  { fields }: Integration,
  known: Channel["fields"],
  { created }: { readonly created: boolean },
): Record<string, unknown> {
  const wire: Record<string, unknown> = {};
  for (const [name, { shown, fallback, laterFallback }] of Object.entries(known)) {
    if (shown === "never" || (shown === "once" && !created)) continue;
    const missing = created || fallback !== undefined ? fallback : laterFallback;
    const value = fields[name] === undefined ? missing : fields[name];
    // JSON omits undefined values.
    wire[name] = shown === "asNull" ? null : value;
  }
  return wire;
}
