import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import manifest from "../../package.json";

const [major, minor] = manifest.engines.node.replace(">=", "").split(".");

it.each([
  ["pulumi-resource-smooch", `needs Node.js ${major}.${minor} or newer`],
  ["pulumi-resource-smooch.cmd", `needs Node.js ${major}.${minor} or newer`],
  ["start.js", `const needed = [${major}, ${minor}];`],
])("%s names the oldest Node.js that the package supports", (file, text) => {
  const launcher = join(__dirname, "..", "..", "src", "plugin", "launcher");
  expect(readFileSync(join(launcher, file), "utf8")).toContain(text);
});
