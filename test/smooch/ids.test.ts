import { expect, it } from "vitest";
import { createdAt } from "../../src/smooch/ids";

it.each([
  ["5735dcf248011972d621dc01", Date.UTC(2016, 4, 13, 13, 56, 2)],
  ["app_5735dcf248011972d621dc01", Date.UTC(2016, 4, 13, 13, 56, 2)],
  ["act_5735dcf248011972d621dc01", Date.UTC(2016, 4, 13, 13, 56, 2)],
  ["app_5734146407a69b610074", undefined],
  ["5735DCF248011972D621DC01", undefined],
  ["backend", undefined],
])("%s was created at %s", (id, time) => {
  expect(createdAt(id)).toBe(time);
});
