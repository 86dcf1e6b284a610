import { environmentName, type Settings } from "../../provider/settings";
import { checkSettings, requireSettings } from "../shared/settings";

/** The port and key that fit a stack's configuration. */
export async function emulatorOf(folder: string, stack: string) {
  const { baseUrl, credential } = await ownSettings(folder, stack);
  // The emulator listens on 127.0.0.1 only, and serves all paths below `/sc` too.
  const port = /^http:\/\/(?:127\.0\.0\.1|localhost)(?::(\d+))?(?:\/sc)?$/.exec(baseUrl)?.[1] ?? "";
  if (port === "") {
    throw new Error(
      `stack "${stack}" is set up for ${baseUrl}, where no emulator can listen: ` +
        "set smooch:baseUrl to a port of this machine, such as http://127.0.0.1:7666, in a stack of its own",
    );
  }
  if ("token" in credential) {
    throw new Error(
      `stack "${stack}" has a token and no key: set smooch:accountKeyId and smooch:accountKeySecret for the emulator`,
    );
  }
  return { port: Number(port), accountKeyId: credential.keyId, accountKeySecret: credential.secret };
}

/**
 * The settings with the stack's own key: a key in the environment may be a live one, and would end up in the state
 * file.
 */
async function ownSettings(folder: string, stack: string): Promise<Settings> {
  const credentials = ["accountKeyId", "accountKeySecret", "accountToken"].map(environmentName);
  const others = Object.entries(process.env).filter(([name]) => !credentials.includes(name));
  const { settings } = await checkSettings(folder, stack, Object.fromEntries(others));
  if (settings !== undefined) return settings;
  await requireSettings(folder, stack, process.env);
  throw new Error(
    `stack "${stack}" has no account key of its own, and the emulator does not use the one in the environment: ` +
      "set smooch:accountKeyId and smooch:accountKeySecret of the stack to made-up values",
  );
}
