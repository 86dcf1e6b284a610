import { badSkewMs, SmoochError } from "../smooch/errors";
import { InterruptedCreateError } from "./failures";
import type { Kind } from "./kind";

/** Runs a refresh or destroy. Every failure explains how to continue without Smooch, so that no user is stuck. */
export async function withWayOut<T>({ label, verifyDeletion }: Kind, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (caught) {
    const error = caught instanceof SmoochError ? withOldKeyAdvice(caught) : caught;
    // Errors of this class already explain what to do.
    if (!(error instanceof Error) || error instanceof InterruptedCreateError) throw error;
    const unwatched = verifyDeletion
      ? "revokes it if it still works"
      : "manages or deletes it if it still exists";
    error.message += ` If this ${label} is certainly gone, or no longer yours to manage, remove it from the state: \`pulumi state delete <urn> --target-dependents\` (\`pulumi stack --show-urns\` lists URNs). Nothing then ${unwatched}.`;
    throw error;
  }
}

/** What to add if the settings with which Pulumi runs `refresh` or `destroy` are incomplete or wrong. */
export const storedSettingsAdvice =
  "If you have set it since the last `pulumi up` or `pulumi import`: `pulumi refresh` and `pulumi destroy` use the configuration in the state, unless you add `--run-program`.";

/**
 * Pulumi runs `refresh` and `destroy` with the configuration in the state (docs/pulumi-internals.md), so a refused key
 * may simply be an old one.
 */
function withOldKeyAdvice(error: SmoochError): SmoochError {
  if (error.status !== 401 || Math.abs(error.clockSkewMs) > badSkewMs) return error;
  return error.withAdvice(
    `${error.advice} If the account key was changed: \`pulumi refresh\` and \`pulumi destroy\` still use the one of the last \`pulumi up\` or \`pulumi import\`. Run them with --run-program.`,
  );
}
