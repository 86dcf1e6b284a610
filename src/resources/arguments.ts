import { type Inputs, RunError } from "@pulumi/pulumi";

/** Picks the arguments by name, which drops anything else that an untyped program passes. */
export function pickArgs<T extends object>(args: T, names: readonly (keyof T & string)[]): Inputs {
  return Object.fromEntries(names.map((name) => [name, args[name]]));
}

/** Returns the arguments. TypeScript ensures that they are given; JavaScript does not. */
export function requireArgs<T extends object>(args: T, receiver: string): T {
  if (typeof args !== "object" || args === null) {
    throw new RunError(`${receiver} needs an object with arguments.`);
  }
  return args;
}
