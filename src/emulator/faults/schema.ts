import { z } from "zod";
import { badRequest } from "../errors";
import { describeIssues } from "../issues";
import { foreignAnswerNames } from "../notfound";
import { routes } from "../routes";
import type { FaultPlan } from "./plan";

/** A plan with its top-level defaults filled in. */
export interface CompletePlan extends FaultPlan {
  readonly seed: number;
  readonly rules: NonNullable<FaultPlan["rules"]>;
}

/** Validates a fault plan; throws an error that lists every problem. */
export function parseFaultPlan(value: unknown): CompletePlan {
  const parsed = planSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw badRequest(`The fault plan is not valid: ${describeIssues(parsed.error)}`);
}

const operations = new Set(Object.values(routes).flatMap((list) => list.map((route) => route.operation)));
const operation = z.enum([...operations]);

const count = z.int({ error: "must be a whole number" }).min(0, { error: "must not be negative" });
// Node's timers overflow beyond this.
const milliseconds = count.max(2 ** 31 - 1, { error: "must be at most 2147483647" });
const applied = z.boolean({ error: "must be true or false" }).optional();
const notAWait = { error: "must be seconds or an HTTP date" };
const retryAfter = z.union([count, z.string().regex(/^[ -~]+$/, notAWait)], notAWait).optional();
const notAProbability = { error: "must be a number from 0 to 1" };
const notAStatus = { error: "must be a status from 200 to 599" };

const condition = {
  operation: z
    .union([operation, z.array(operation).min(1, { error: "must name at least one operation" })], {
      error: `must be one of ${[...operations].join(", ")}, or a list of them`,
    })
    .optional(),
  probability: z.number(notAProbability).min(0, notAProbability).max(1, notAProbability).optional(),
  times: count.optional(),
  after: count.optional(),
};

const kinds = [
  kind("status", {
    status: z.int(notAStatus).min(200, notAStatus).max(599, notAStatus),
    body: z.json().optional(),
    retryAfter,
    applied,
  }),
  kind("rate-limited", { retryAfter }),
  kind("not-json", { applied }),
  kind("latency", { ms: milliseconds, jitterMs: milliseconds.optional() }),
  kind("stale-read", {}),
  kind("hang", { applied }),
  kind("refused", {}),
  kind("reset-before", {}),
  kind("reset-after", {}),
  kind("cut", {}),
  kind("foreign-404", {
    answer: z
      .enum(foreignAnswerNames, { error: `must be one of ${foreignAnswerNames.join(", ")}` })
      .optional(),
  }),
] as const;

const names = kinds.map(({ shape }) => shape.fault.value).join(", ");

const planSchema: z.ZodType<CompletePlan> = z.strictObject({
  seed: count.max(2 ** 32 - 1, { error: "must be at most 4294967295" }).default(1),
  rules: z
    .array(z.discriminatedUnion("fault", kinds, { error: `must be one of ${names}` }), {
      error: "must be a list of rules",
    })
    .default([]),
});

function kind<Name extends string, Parameters extends z.ZodRawShape>(name: Name, parameters: Parameters) {
  return z.strictObject({ fault: z.literal(name), ...condition, ...parameters });
}
