import { decode } from "jsonwebtoken";
import { isNode } from "./tree";

const scopes: Readonly<Record<string, string>> = {
  act_: "account",
  svc_: "account",
  app_: "app",
  int_: "integration",
};

/** The scope of a request's credential, by v2's reference; `none` if the credential is missing or unknown. */
export function scopeOf(headers: { readonly [name: string]: string | undefined }): string {
  const authorization =
    Object.entries(headers).find(([name]) => name.toLowerCase() === "authorization")?.[1] ?? "";
  const [scheme = "", value = ""] = authorization.split(" ");
  if (scheme.toLowerCase() === "basic") {
    return scopes[Buffer.from(value, "base64").toString().slice(0, 4)] ?? "none";
  }
  const payload = scheme.toLowerCase() === "bearer" ? decode(value) : null;
  return isNode(payload) && typeof payload.scope === "string" ? payload.scope : "none";
}
