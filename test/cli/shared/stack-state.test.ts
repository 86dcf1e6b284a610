import { expect, it } from "vitest";
import { toStack } from "../../../src/cli/shared/stack-state";

it("toStack refuses anything but a stack export, and does not quote it", () => {
  for (const text of ["canary", "{}", '{"version":"3"}', '{"version":3,"checkpoint":{"latest":{}}}', "[]"]) {
    expect(() => toStack("dev.json", text)).toThrow(
      "dev.json is not the output of `pulumi stack export`: create it again with that command",
    );
  }
  expect(toStack("new", '{"version":3}')).toEqual({ name: "new", resources: [], pending: [] });
});
