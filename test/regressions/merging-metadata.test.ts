import { describe, expect, it } from "vitest";
import { scenario } from "../support/stack";

// If Smooch merges the metadata of an update into what already exists, metadata removed from the program stayed in
// Smooch: every refresh showed it again, and no `up` removed it.

const program = (args: string) => `
  const app = new smooch.SmoochApp("support", ${args});`;

const profiles = [
  ["v1", "merge"],
  ["v1", "replace"],
  ["v2", "merge"],
] as const;

describe.each(profiles)(
  "metadata removed from the program, with %s on servers that %s",
  (version, metadata) => {
    it("is removed from Smooch", () =>
      scenario(
        async ({ emulator }, start) => {
          const stack = start(program('{ metadata: { tier: "gold", note: "a", seats: 5 } }'));
          await stack.up();
          const now = () => emulator.snapshot().apps[0]?.metadata;
          expect(now()).toEqual({ tier: "gold", note: "a", seats: 5 });

          stack.program = program('{ metadata: { tier: "silver", seats: 5 } }');
          await stack.up();
          expect(now()).toEqual({ tier: "silver", seats: 5 });
          await stack.expectNoChange("--refresh");

          stack.program = program("{}");
          await stack.up();
          expect(now() ?? {}).toEqual({});
          await stack.expectNoChange("--refresh");
          await stack.destroy();
        },
        { profile: { metadata } },
        version,
      ));
  },
);
