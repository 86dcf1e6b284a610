import type { Settings } from "../../provider/settings";
import { regionOf } from "../../smooch/regions";

/** A setting of the account that differs from its default; without a value if it is secret. */
export interface AccountSetting {
  name: string;
  value?: string;
}

/** The settings with which the exported project reaches the account, in the order in which they are set. */
export function accountSettings({ apiVersion, auth, baseUrl, credential }: Settings): AccountSetting[] {
  const region = regionOf(baseUrl);
  return [
    ...(apiVersion === "v1" ? [] : [{ name: "apiVersion", value: apiVersion }]),
    ...(auth === "jwt" ? [] : [{ name: "auth", value: auth }]),
    ...(region === undefined ? [{ name: "baseUrl", value: baseUrl }] : []),
    ...(region === undefined || region === "us" ? [] : [{ name: "region", value: region }]),
    ...("token" in credential
      ? [{ name: "accountToken" }]
      : [{ name: "accountKeyId", value: credential.keyId }, { name: "accountKeySecret" }]),
  ];
}
