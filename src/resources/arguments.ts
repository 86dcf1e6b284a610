import { RunError } from "@pulumi/pulumi";

/** Returns the arguments. TypeScript ensures that they are given; JavaScript does not. */
export function requireArgs<T extends object>(args: T, receiver: string): T {
  if (typeof args !== "object" || args === null) {
    throw new RunError(`${receiver} needs an object with arguments.`);
  }
  return args;
}
