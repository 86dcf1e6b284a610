import { log } from "@pulumi/pulumi";

/**
 * The log line of `registerResource` and `readResource` in the SDK's `runtime/resource.ts`, up to the engine's
 * response.
 */
const answered = /^((?:Register|Read)Resource RPC finished: .*?, resp: ).+/s;

const { debug } = log;
const withoutAnswer: typeof debug = (message, ...rest) =>
  debug(message.replace(answered, "$1[not shown]"), ...rest);

// Pulumi's SDK logs the engine's response to each registration, with secrets in plain text, and `pulumi up --json`,
// `--debug` and the Automation API's `onEvent` print it. Uses `Reflect.set`, which does not throw, so that the program still
// runs with an SDK whose log cannot be changed.
Reflect.set(log, "debug", withoutAnswer);
