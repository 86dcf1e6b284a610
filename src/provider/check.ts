import type { z } from "zod";
import { signatureKey } from "../kinds";
import { type ApiVersion, apiVersions, isOlder } from "../smooch/api-version";
import { createdAt, idForm, isId } from "../smooch/ids";
import { noCreationTimeError } from "./failures";
import {
  type CheckFailure,
  existsIn,
  inputNames,
  type Kind,
  type Properties,
  type ValidationContext,
} from "./kind";
import { clean, containsUnknown, fixedInputs, isPlainObject, unknownValue } from "./values";

export interface Checked {
  inputs: Properties;
  failures: CheckFailure[];
  warnings: string[];
}

/** Checks the inputs without any API call: returns all failures together, and the inputs with defaults. */
export function checkInputs(
  kind: Kind,
  news: Properties,
  context: Omit<ValidationContext, "isNew">,
  { adoptId, resourceName }: { adoptId?: string | undefined; resourceName?: string } = {},
): Checked {
  const declared = clean(news);
  const inputs = { ...kind.defaults?.({ ...context, declared, resourceName }), ...declared };
  const result = kind.inputs.safeParse(inputs);
  const isNew = adoptId === undefined && Object.keys(context.olds).length === 0;
  const version = kind.boundVersion === undefined ? context.version : kind.boundVersion(inputs);
  const validation = version && kind.validate?.(inputs, { ...context, version, isNew });
  const { failures = [], warnings = [] } = validation ?? {};
  return {
    inputs,
    failures: [
      ...(result.error?.issues ?? []).flatMap((issue) => toFailures(issue, inputs)),
      ...nameFailures(inputs),
      ...versionFailures(kind, context.version),
      ...(version ? ageFailures(kind, inputs, version) : []),
      ...failures,
      ...adoptionFailures(kind, inputs, adoptId),
    ],
    warnings: [...warnings, ...keptWarnings(kind, context, inputs)],
  };
}

/** Warns about inputs that are no longer declared but stay set in Smooch, although Pulumi shows them as removed. */
function keptWarnings(
  kind: Kind,
  { olds, version }: Pick<ValidationContext, "olds" | "version">,
  inputs: Properties,
): string[] {
  const others = [
    ...kind.notReturned,
    ...(kind.writeOnly ?? []),
    ...Object.keys(kind.emptyValues ?? {}),
    ...fixedInputs(kind, inputs, version),
  ];
  return inputNames(kind)
    .filter((name) => !others.includes(name))
    .flatMap((name) => {
      if (kind.observe?.[name] === undefined) return undeclared(name, olds[name], inputs[name]);
      // A program that declares such an input declares all of it, so that what it leaves out is removed.
      return olds[name] !== undefined && inputs[name] === undefined ? [name] : [];
    })
    .map((path) => `${path} is no longer declared, so it is no longer managed: Smooch keeps its value`);
}

/** The properties, at any depth, that were declared before and no longer are. */
function undeclared(path: string, before: unknown, now: unknown): string[] {
  if (before === undefined) return [];
  if (!isPlainObject(before)) return now === undefined ? [path] : [];
  if (now !== undefined && !isPlainObject(now)) return [];
  return Object.keys(before).flatMap((name) => undeclared(`${path}.${name}`, before[name], now?.[name]));
}

/** Reports that this API version has no such objects at all. */
function versionFailures(kind: Pick<Kind, "in">, version: ApiVersion): CheckFailure[] {
  if (existsIn(kind, version)) return [];
  return [{ property: "", reason: `needs apiVersion ${kind.in?.join(" or ")}` }];
}

/** Reports inputs that this API version does not have yet. */
function ageFailures({ since = {} }: Kind, inputs: Properties, version: ApiVersion): CheckFailure[] {
  const given = Object.entries(since).filter(
    ([path]) => path.split(".").reduce<unknown>(step, inputs) !== undefined,
  );
  return given
    .filter(([, first]) => isOlder(version, first))
    .map(([property, first]) => ({ property, reason: needs(first) }));
}

export function needs(first: ApiVersion): string {
  return `needs apiVersion ${first}${first === apiVersions.at(-1) ? "" : " or later"}`;
}

/**
 * Names that cannot work: zod and others drop `__proto__` on the way, so it would never be set. Pulumi's engine has no
 * path to a property with an empty name, so it could never be changed or removed. It takes an object with the name that
 * marks its secrets for one of its own, and fails.
 */
const impossibleNames = [
  { name: "__proto__", words: "named __proto__" },
  { name: "", words: "with an empty name" },
  { name: signatureKey, words: `named ${signatureKey}` },
];

function nameFailures(inputs: Properties): CheckFailure[] {
  return impossibleNames.flatMap(({ name, words }) =>
    Object.keys(inputs)
      .filter((property) => holdsName(inputs[property], name))
      .map((property) => ({ property, reason: `must not contain a property ${words}` })),
  );
}

function holdsName(value: unknown, name: string): boolean {
  if (Array.isArray(value)) return value.some((item) => holdsName(item, name));
  if (!isPlainObject(value)) return false;
  return Object.hasOwn(value, name) || Object.values(value).some((item) => holdsName(item, name));
}

function adoptionFailures(
  { needsCreationTime: input }: Kind,
  inputs: Properties,
  adoptId: string | undefined,
): CheckFailure[] {
  if (adoptId === undefined || adoptId === unknownValue) return [];
  if (!isId(adoptId)) {
    return [{ property: "import", reason: `must be the id of the object to adopt: ${idForm}` }];
  }
  if (input === undefined || inputs[input] === undefined || createdAt(adoptId) !== undefined) return [];
  return [{ property: "", reason: noCreationTimeError(input).message }];
}

/** An issue counts only if everything it depends on is known. */
function toFailures(issue: z.core.$ZodIssue, inputs: Properties): CheckFailure[] {
  const looksAt = issue.path.reduce<unknown>(step, inputs);
  if (issue.path.length > 0 && containsUnknown(looksAt)) return [];
  const path = issue.path.map(String);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      property: [...path, key].join("."),
      reason: "is not a property of this resource",
    }));
  }
  const missing = looksAt === undefined;
  return [{ property: path.join("."), reason: missing ? "is required" : issue.message }];
}

function step(value: unknown, key: PropertyKey): unknown {
  return Reflect.get(Object(value), key);
}
