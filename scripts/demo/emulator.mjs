import { join } from "node:path";
import { Failure, root, run } from "../lib/run.mjs";

/** Starts the emulator in a separate process; `main` in lib/run.mjs stops it with everything else. */
export function startEmulator(...flags) {
  return new Promise((resolve, reject) => {
    const onLine = (line) => {
      try {
        const { url, consoleUrl, accountKeyId, accountKeySecret } = JSON.parse(line);
        resolve({ url, consoleUrl, accountKeyId, accountKeySecret });
      } catch {
        // Not the expected line; if that never comes, the process's exit tells why.
      }
    };
    const args = [join(root, "dist", "cli", "index.js"), "emulator", "--json", "--port", "0", ...flags];
    run(process.execPath, args, { onLine }).then(
      ({ output }) => reject(new Failure(`the emulator did not start: ${output.trim()}`)),
      reject,
    );
  });
}

/** Makes one call to a Smooch API; resolves to the status and the parsed body, whatever the status. */
export async function call(url, { method = "GET", token, body } = {}) {
  const answer = await fetch(url, {
    method,
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body && { "content-type": "application/json" }),
    },
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(15_000),
  });
  const text = await answer.text();
  return { status: answer.status, body: text ? JSON.parse(text) : undefined };
}
