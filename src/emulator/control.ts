import type { Answer, Route } from "./route";
import type { EmulatorState } from "./snapshot";

/** Everything below this is about the emulator and not part of any Smooch API: it is neither limited nor logged. */
export const controlPrefix = "/_emulator/";

/**
 * For other processes, without credentials because the emulator listens on the loopback interface only:
 *
 * - `GET /_emulator/state` answers an {@link EmulatorState}: what exists, by id, without a secret.
 * - `POST /_emulator/reset` deletes every app with all it holds, and the logs. Accounts and their keys stay.
 */
export function controlRoutes(emulator: { describeState(): EmulatorState; reset(): void }): Route[] {
  return [
    {
      operation: "getState",
      method: "GET",
      path: `${controlPrefix}state`,
      query: [],
      answer: (): Answer => ({ status: 200, body: emulator.describeState() }),
    },
    {
      operation: "reset",
      method: "POST",
      path: `${controlPrefix}reset`,
      query: [],
      answer: (): Answer => {
        emulator.reset();
        return { status: 200, body: {} };
      },
    },
  ];
}
