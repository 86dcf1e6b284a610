import { z } from "zod";
import { badRequest } from "../../errors";
import { parseBody } from "../../input";
import type { Incoming } from "../../route";
import type { Fields, Integration } from "./objects";

/** How one API version writes one type of integration, apart from what all types have. */
export interface Channel {
  readonly fields: { readonly [name: string]: Field };
  /** What is wrong with the fields of a new one taken together, if anything. */
  readonly validate?: (fields: Fields) => string | undefined;
}

export type Channels = { readonly [type: string]: Channel };

export interface Field {
  /** Absent for what only the platform sets. */
  readonly wire?: z.ZodType;
  readonly required?: boolean;
  /** When it may be sent. Default: on creation. */
  readonly sent?: "always" | "later";
  /** When it is answered: never, as `null`, in the answer to its creation only. Default: always. */
  readonly shown?: "never" | "asNull" | "once";
  /** What is answered as long as it was never given. */
  readonly fallback?: unknown;
  /** The same, but not yet in the answer to the creation. */
  readonly laterFallback?: unknown;
}

/** Reads the `type` of an integration that is to be created: one of those that the API version can create. */
export function typeReader(names: readonly string[]): (request: Incoming) => string {
  const error = `must be one of ${names.join(", ")}`;
  const wire = z.looseObject({ type: z.enum(names as [string], { error }) });
  return (request) => parseBody(wire, request).type;
}

/** Reads the body that creates an integration; `common` is what the fields of every type look like. */
export function parseCreation(request: Incoming, channel: Channel, common: Channel["fields"]): Fields {
  const { type: _, ...fields } = parseBody(creationWire(channel, common), request);
  const problem = channel.validate?.(fields);
  if (problem !== undefined) throw badRequest(problem);
  return fields;
}

/** Reads the body that changes an integration: what it cannot change is refused like an unknown field. */
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

/** Making a schema takes longer than using it. */
function madeOnce(make: MakeWire): MakeWire {
  const made = new WeakMap<Channel, WeakMap<Channel["fields"], z.ZodType<Fields>>>();
  return (channel, common) => {
    const ofChannel = made.get(channel) ?? new WeakMap();
    const wire = ofChannel.get(common) ?? make(channel, common);
    made.set(channel, ofChannel.set(common, wire));
    return wire;
  };
}

/** What an API version answers of an integration's fields. */
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
    // What is undefined here is left out when the answer becomes JSON.
    wire[name] = shown === "asNull" ? null : value;
  }
  return wire;
}
