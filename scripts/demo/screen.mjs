import { seconds } from "../lib/time.mjs";

const coloured = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (code) => (text) => (coloured ? `\u001b[${code}m${text}\u001b[0m` : text);
const bold = paint(1);
const dim = paint(2);
const green = paint(32);

let steps = 0;

/** Runs a numbered step: prints its title, the output of `work` and the duration. */
export async function step(title, work) {
  const started = performance.now();
  steps += 1;
  console.log(`\n${bold(`${steps}. ${title}`)}`);
  const result = await work();
  console.log(dim(`   ${seconds(performance.now() - started)}`));
  return result;
}

export function say(line) {
  console.log(`   ${line}`);
}

/** Prints something that the demo has verified. */
export function proved(line) {
  console.log(`   ${green("✓")} ${line}`);
}

/** Prints a line of another program. */
export function quote(line) {
  console.log(dim(`   │ ${line}`.trimEnd()));
}

export function mask(secret) {
  return `•••••••• (${secret.length} characters)`;
}

export function heading(text) {
  console.log(bold(text));
}
