import type { z } from "zod";

/** All problems, each with its path. */
export function describeIssues({ issues }: z.core.$ZodError): string {
  return issues.map(describe).join("; ");
}

function describe({ path, message }: z.core.$ZodIssue): string {
  const reason = message.replace(/^Invalid input: expected \w+, received undefined$/, "is required");
  return path.length === 0 ? reason : `${path.join(".")}: ${reason}`;
}
