import type { SmoochError } from "../../smooch/errors";

/**
 * Smooch sends a HEAD request to a target before it accepts it. It has no error code for a target that does not respond
 * (docs/api/legacy.md).
 */
export function adviseOnTarget({ status, summary }: SmoochError): string | undefined {
  if (status !== 400 || !/\bHEAD\b|reach|respond|response|answer|resolve|timed out|timeout/i.test(summary))
    return undefined;
  return "Smooch sends the target a HEAD request before it accepts it: make sure that the target responds, from the internet, before the webhook is created (`dependsOn`).";
}
