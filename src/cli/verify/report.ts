import { styleText } from "node:util";
import { printable } from "../../printable";
import type { Settings } from "../../provider/settings";
import { accountIdentity } from "../../provider/settings";
import { counted } from "../shared/counts";
import type { Leftover } from "./cleanup";
import type { Finding } from "./compare";
import { describeProfile } from "./profile";
import type { Result, Verification } from "./verify";

/** What a run is going to do, before anything is done. */
export function announce(
  verification: Verification,
  { settings, app }: { settings: Settings; app?: string | undefined },
): string {
  const { bound, creates, mark, suite } = verification;
  const [own, outside] = [
    [...creates].filter(([label]) => label !== "app" && label !== "service account"),
    creates.get("service account"),
  ];
  const list = new Intl.ListFormat("en-GB").format(own.map(([label, count]) => counted(count, label)));
  const where =
    app === undefined
      ? `an app named "verify ${mark}" and, in it, at most ${list}`
      : `in app ${app} at most ${list}`;
  return [
    `Verifies API ${settings.apiVersion} as ${accountIdentity(settings)}:`,
    `- makes at most ${counted(bound.calls, "call")} within ${bound.ms / 60_000} minutes;`,
    `- creates ${where}${outside === undefined ? "" : `, and ${counted(outside, "service account")} with keys`};`,
    `- deletes all of it at the end, and changes nothing else.`,
    ...suite.leftOut.map(({ name, reason }) => `Not tried: ${name} (${reason}).`),
  ].join("\n");
}

export function differencesIn(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ mark }) => mark !== "unknown answered");
}

/** The result for people. */
export function writeReport({ findings, profile, left, calls, steps, stopped }: Result): string {
  const found = differencesIn(findings);
  const answered = findings.filter(({ mark }) => mark === "unknown answered");
  const other = answered.filter(({ agrees }) => agrees === false);
  const same = answered.length - other.length;
  const settings = describeProfile(profile);
  return [
    `${counted(steps, "step")} in ${counted(calls, "call")}.`,
    ...(stopped === undefined ? [] : [`The run ended early: ${printable(stopped, 200)}.`]),
    ...left.map(describeLeftover),
    "",
    `${counted(found.length, "difference")} from docs/api or the emulator${found.length > 0 ? ":" : "."}`,
    ...found.map(describeFinding),
    "",
    `${counted(answered.length, "open question")} answered, ${same} as by the emulator${other.length > 0 ? "; the others:" : "."}`,
    ...other.map(describeFinding),
    ...(settings === ""
      ? []
      : ["", `To make the emulator behave alike: pulumi-smooch emulator --profile ${settings}`]),
  ].join("\n");
}

function describeFinding({ step, mark, about, api, other, source }: Finding): string {
  const who = mark === "contradicts docs" ? `docs/api/${source ?? ""}` : "emulator";
  const colour = mark === "unknown answered" ? "yellow" : "red";
  const text = `${step}: ${about}: API ${api}; ${who} ${other}`;
  return `${styleText(colour, mark.padEnd(17))}  ${printable(text, 400)}`;
}

export function describeLeftover({ label, path, reason }: Leftover): string {
  return printable(
    `Not deleted: the ${label} at ${path} (${reason}). Run \`pulumi-smooch verify --clean\` to try again.`,
    400,
  );
}
