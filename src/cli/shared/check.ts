import { styleText } from "node:util";
import { printable } from "../../printable";

/** One thing that was looked at. */
export interface Check {
  name: "node" | "pulumi" | "package" | "settings" | "host" | "credentials" | "apiVersion" | "clock";
  status: "ok" | "warning" | "problem";
  /** What is so; where it is no ok, what is wrong. */
  message: string;
  /** What mends it, where the message does not say so itself. */
  fix?: string;
}

const colours = { ok: "green", warning: "yellow", problem: "red" } as const;

export function problem(name: Check["name"], error: unknown): Check {
  return { name, status: "problem", message: error instanceof Error ? error.message : String(error) };
}

/** Coloured on a terminal, unless NO_COLOR is set: `styleText` looks after both. */
export function toLine({ status, message, fix }: Check): string {
  const text = fix === undefined ? message : `${message.replace(/\.$/, "")}. ${fix}`;
  return `${styleText(colours[status], status.padEnd(7))}  ${printable(text, 2000)}`;
}
