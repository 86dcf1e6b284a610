import { pluginToken } from "../kinds";
import { markSecrets } from "../provider/calls";
import type { Connection } from "../provider/connection";
import { failureOf, functions, requireIds } from "../provider/functions";
import type { Properties } from "../provider/kind";
import type { SmoochClient } from "../smooch/client";
import { signJwt, type TokenScope } from "../smooch/jwt";

/** A function of the plugin's package. */
interface PluginFunction {
  /** The results that are Pulumi secrets. */
  secrets: readonly string[];
  call(args: Properties, connection: Connection): Promise<Properties>;
}

const byName: Readonly<Record<string, PluginFunction>> = {
  getApp: asking(["appId"], [], functions.getApp),
  getKeys: asking(["appId"], ["keys"], functions.getKeys),
  getKeyJwt: asking(["appId", "keyId"], ["jwt"], functions.getKeyJwt),
  signJwt: {
    secrets: ["jwt"],
    call: async ({ keyId, secret, scope, userId, expiresIn }) => ({
      jwt: signJwt(
        { keyId: keyId as string, secret: secret as string },
        {
          scope: scope as TokenScope | undefined,
          userId: userId as string | undefined,
          expiresIn: expiresIn as number | string | undefined,
        },
      ),
    }),
  },
};

/** A function that asks Smooch about objects with these ids. */
function asking<Name extends string>(
  names: readonly Name[],
  secrets: readonly string[],
  ask: (
    smooch: SmoochClient,
    ids: Readonly<Record<Name, string>>,
    warn: (line: string) => void,
  ) => Promise<object>,
): PluginFunction {
  return {
    secrets,
    call: async (args, connection) => {
      const ids = Object.fromEntries(names.map((name) => [name, args[name]]));
      requireIds(ids);
      const warn = (line: string) => connection.say(line);
      return { ...(await ask(connection.context().smooch, ids as Record<Name, string>, warn)) };
    },
  };
}

/** Calls a function by its token; secret results are marked. */
export async function callFunction(
  token: string,
  args: Properties,
  connection: Connection,
): Promise<Properties> {
  const found = Object.entries(byName).find(([name]) => pluginToken(name) === token);
  if (found === undefined) throw new Error(`This version of pulumi-smooch has no function ${token}.`);
  const [, { secrets, call }] = found;
  try {
    return markSecrets(secrets, await call(args, connection));
  } catch (error) {
    throw new Error(failureOf(error));
  }
}
