import * as pulumi from "@pulumi/pulumi";
import { isLoopback } from "../loopback";

let told = false;

/** Warns of credentials in plain text. Only the program can tell: the provider gets secret and plain values alike. */
export function warnOfPlainSecrets(): void {
  // The variable is not set for an inline program of the Automation API.
  const { PULUMI_CONFIG_SECRET_KEYS: keys } = process.env;
  if (told || keys === undefined) return;
  told = true;
  // An emulator's key works nowhere else.
  if (isLoopback(pulumi.runtime.getConfig("smooch:baseUrl") ?? "")) return;
  const secrets: unknown = JSON.parse(keys);
  for (const name of ["smooch:accountKeySecret", "smooch:accountToken"]) {
    if (!pulumi.runtime.getConfig(name) || (Array.isArray(secrets) && secrets.includes(name))) continue;
    pulumi.log.warn(
      `${name} is stored in plain text in the stack's configuration and its state. Replace it in Smooch, and run ` +
        `\`pulumi config set --secret ${name}\`, which asks for the new one.`,
    );
  }
}
