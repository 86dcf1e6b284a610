import { type Credential, credentialName } from "../../../smooch/credentials";

/** The id of a key of an app; undefined for every other credential. */
export function keyOfApp(credential: Credential): string | undefined {
  const name = credentialName(credential);
  return name.startsWith("app_") ? name : undefined;
}
