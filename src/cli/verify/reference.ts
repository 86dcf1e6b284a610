import { type AccountCredentials, Emulator } from "../../emulator/core";
import { realHost } from "../../emulator/host";
import type { Profile } from "../../emulator/profile";
import type { ApiVersion } from "../../smooch/api-version";
import { type Host, TransportFault } from "../../smooch/host";
import { Connection } from "./connection";
import { Observations, Runner } from "./runner";
import { wordsOf } from "./step";
import type { Owner, Suite } from "./suite";

const app = {
  id: "5a0b1c2d3e4f5a6b7c8d9e0f",
  keyId: "app_5a0b1c2d3e4f5a6b7c8d9e0f",
  keySecret: "secret-of-the-reference",
};
const unbounded = { calls: Number.POSITIVE_INFINITY, ms: Number.POSITIVE_INFINITY };
const noJournal = { open: [], note: () => {}, named: () => {}, done: () => {} };

/** Runs the suite against a new emulator in this process, with credentials of the same kind. */
export async function emulate(
  version: ApiVersion,
  { parts, last }: Suite,
  { owner, names, profile }: { owner: Owner; names: ReadonlyMap<string, string>; profile: Profile },
): Promise<Observations> {
  const real = realHost();
  const emulator = new Emulator(
    { profile, ...(owner === "app" && { app }) },
    // A target responds, unless its name says that it does not exist.
    {
      ...real,
      send: async ({ url }) => {
        if (new URL(url).hostname.endsWith(".invalid")) throw new Error("no such host");
        return { status: 200 };
      },
    },
  );
  const seen = new Observations([...names, ...(owner === "app" ? [["app", app.id] as const] : [])]);
  const settings = {
    baseUrl: "http://127.0.0.1",
    credential: credentialFor(emulator, owner),
    auth: "jwt",
    apiVersion: version,
    requestTimeoutMs: 1000,
  } as const;
  const connection = new Connection(hostOf(emulator), settings, unbounded, (caller) => seen.keyOf(caller));
  const runner = new Runner(connection, noJournal, wordsOf(version), seen);
  await runner.run([...parts, ...last]);
  emulator.close();
  return seen;
}

function credentialFor(emulator: Emulator, owner: Owner): { keyId: string; secret: string } {
  if (owner === "app") return { keyId: app.keyId, secret: app.keySecret };
  const key: AccountCredentials = owner === "person" ? emulator : emulator.addServiceKey();
  return { keyId: key.accountKeyId, secret: key.accountKeySecret };
}

function hostOf(emulator: Emulator): Host {
  return {
    now: Date.now,
    sleep: async () => {},
    random: Math.random,
    log: () => {},
    send: async ({ method, url, headers, body }) => {
      const { pathname, search } = new URL(url);
      const response = await emulator.handle({ method, url: pathname + search, headers, body });
      if (response.broken !== undefined) throw new TransportFault("lost", response.broken);
      return { status: response.status, headers: response.headers, body: response.body };
    },
  };
}
