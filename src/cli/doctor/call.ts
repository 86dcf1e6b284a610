import type { Settings } from "../../provider/settings";
import { SmoochClient } from "../../smooch/client";
import { credentialName } from "../../smooch/credentials";
import { asSmoochError, badSkewMs, type SmoochError } from "../../smooch/errors";
import type { Host } from "../../smooch/host";
import { regionOf, regions } from "../../smooch/regions";
import { realHost } from "../../smooch/transport";
import { type Check, ok, problem, warning } from "../shared/check";

/** Checks the address, the credentials, the API version and the clock with a single call. */
export async function checkCall(settings: Settings, host: Host = realHost()): Promise<Check[]> {
  const smooch = new SmoochClient(host, settings, settings.apiVersion);
  const error = await smooch.apps.probe().then(() => undefined, asSmoochError);
  const skewMs = (smooch.serverNow() ?? host.now()) - host.now();
  if (error !== undefined && !isAnswer(error)) {
    return [problem("host", error.summary, error.advice)];
  }
  const reachable = ok("host", `${settings.baseUrl} responds`);
  const clock = checkClock(skewMs, error?.status === 401);
  if (error === undefined) return [reachable, ...allWell(settings), clock];
  return [reachable, explainRefusal(error, settings), clock];
}

/** Whether the API itself refused the call; a failure of the API says nothing about the caller. */
function isAnswer({ status }: SmoochError): boolean {
  return status !== undefined && status < 500 && status !== 408 && status !== 429;
}

function allWell({ apiVersion, credential }: Settings): Check[] {
  return [
    ok("credentials", `${credentialName(credential)} may list the account's apps`),
    ok("apiVersion", `API ${apiVersion} works`),
  ];
}

function explainRefusal(error: SmoochError, { baseUrl, credential }: Settings): Check {
  const { summary: message, advice } = error;
  if (error.status === 401) {
    const isClock = Math.abs(error.clockSkewMs) > badSkewMs;
    return problem("credentials", message, isClock ? advice : adviceFor(baseUrl, "token" in credential));
  }
  if (error.status === 403 && credentialName(credential).startsWith("app_")) {
    return warning(
      "credentials",
      `${credentialName(credential)} is a key of an app: it manages what is in that app, except its keys`,
      "For apps and keys, set smooch:accountKeyId and smooch:accountKeySecret to those of an account key.",
    );
  }
  if (error.status === 403) return problem("credentials", message, advice);
  return problem(
    "apiVersion",
    message,
    "Check smooch:apiVersion, and that smooch:baseUrl is an address of the API.",
  );
}

function adviceFor(baseUrl: string, isToken: boolean): string {
  const what = isToken
    ? "Set smooch:accountToken to a token that has not expired."
    : "Check smooch:accountKeyId and smooch:accountKeySecret.";
  const here = regionOf(baseUrl);
  if (here === undefined) return `${what} Keys belong to one region or host: check smooch:baseUrl too.`;
  const other = Object.keys(regions).find((region) => region !== here);
  return `${what} Keys belong to one region: for one of ${other}, run \`pulumi config set smooch:region ${other}\`.`;
}

function checkClock(skewMs: number, isRefused: boolean): Check {
  if (Math.abs(skewMs) <= badSkewMs) {
    return ok("clock", "This machine's clock is within a minute of Smooch's");
  }
  const minutes = Math.round(Math.abs(skewMs) / 60_000);
  return (isRefused ? problem : warning)(
    "clock",
    `This machine's clock is ${minutes} min ${skewMs > 0 ? "behind" : "ahead of"} Smooch's`,
    "Synchronize it with a time server, on Linux with `timedatectl set-ntp true`, because tokens contain timestamps.",
  );
}
