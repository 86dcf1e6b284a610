import { createInterface } from "node:readline/promises";

/** Asks on standard error. The end of the input is an empty answer. */
export async function ask(question: string): Promise<string> {
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const ended = new Promise<string>((resolve) => reader.once("close", () => resolve("")));
    return (await Promise.race([reader.question(question), ended])).trim();
  } finally {
    reader.close();
  }
}
