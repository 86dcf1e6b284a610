import type { Context } from "../../context";
import { badRequest } from "../../errors";

// Not documented; short enough that two checks stay within a typical client timeout.
const checkTimeoutMs = 5000;

/** Refuses a target that does not respond; any HTTP response will do. */
export async function requireAnswer({ host, rules }: Context, target: string): Promise<void> {
  if (!rules.checkTargets) return;
  const { origin } = new URL(target);
  // Smooch tries the full URL first, then the root of its domain.
  for (const url of [target, `${origin}/`]) {
    const answered = await host.send({ method: "HEAD", url, headers: {}, timeoutMs: checkTimeoutMs }).then(
      () => true,
      () => false,
    );
    if (answered) return;
  }
  throw badRequest(
    `The webhook's target at ${origin} did not respond to a HEAD request. Start its server, then try again.`,
  );
}
