import { styleText } from "node:util";
import { printable } from "../../printable";

/** The result of one check. */
export interface Check {
  name:
    | "node"
    | "pulumi"
    | "package"
    | "plugin"
    | "settings"
    | "host"
    | "credentials"
    | "apiVersion"
    | "clock";
  status: "ok" | "warning" | "problem";
  /** The result or, unless it is ok, what is wrong. */
  message: string;
  /** How to fix it, unless the message already says so. */
  fix?: string;
}

const colours = { ok: "green", warning: "yellow", problem: "red" } as const;

function check(status: Check["status"]) {
  return (name: Check["name"], message: string, fix?: string): Check => ({
    name,
    status,
    message,
    ...(fix !== undefined && { fix }),
  });
}

export const ok = check("ok");
export const warning = check("warning");
export const problem = check("problem");

export function failed(name: Check["name"], error: unknown): Check {
  return problem(name, error instanceof Error ? error.message : String(error));
}

/** `styleText` uses colours only on a terminal without NO_COLOR. */
export function toLine({ status, message, fix }: Check): string {
  const text = fix === undefined ? message : `${message.replace(/\.$/, "")}. ${fix}`;
  return `${styleText(colours[status], status.padEnd(7))}  ${printable(text, 2000)}`;
}
