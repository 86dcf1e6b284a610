import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { secretSignature, signatureKey } from "../kinds";
import type { Properties } from "../provider/kind";
import { clean, isPlainObject } from "../provider/values";

/** Reads properties from a message, without the marks of secrets. */
export function fromStruct(struct: Struct | undefined): Properties {
  const properties = withoutMarks(struct?.toJavaScript() ?? {});
  return isPlainObject(properties) ? clean(properties) : {};
}

export function toStruct(properties: Properties): Struct {
  return Struct.fromJavaScript(clean(properties) as { [name: string]: JavaScriptValue });
}

/** Pulumi marks the secrets in a provider's configuration even for a provider that asked it not to. */
function withoutMarks(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutMarks);
  if (!isPlainObject(value)) return value;
  if (value[signatureKey] === secretSignature) return withoutMarks(value.value);
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, withoutMarks(entry)]));
}
