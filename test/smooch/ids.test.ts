import { expect, it } from "vitest";
import { createdAt, isId, isKeyId } from "../../src/smooch/ids";

it.each([
  ["5735dcf248011972d621dc01", Date.UTC(2016, 4, 13, 13, 56, 2)],
  ["app_5735dcf248011972d621dc01", Date.UTC(2016, 4, 13, 13, 56, 2)],
  ["act_5735dcf248011972d621dc01", Date.UTC(2016, 4, 13, 13, 56, 2)],
  ["app_5734146407a69b610074", undefined],
  ["5735DCF248011972D621DC01", undefined],
  ["5735dcf248011972d621dc01f", undefined],
  ["x-5735dcf248011972d621dc01", undefined],
  ["backend", undefined],
])("%s was created at %s", (id, time) => {
  expect(createdAt(id)).toBe(time);
});

it.each([
  ["5735dcf248011972d621dc01", true],
  ["a-b_C", true],
  ["", false],
  ["a/b", false],
  [undefined, false],
  [null, false],
  [17, false],
  [["a"], false],
])("%j can be an id: %s", (value, can) => {
  expect(isId(value)).toBe(can);
});

it.each([
  ["act_5735dcf248011972d621dc01", true],
  ["app_5735dcf248011972d621dc01", true],
  ["svc_5735dcf248011972d621dc01", true],
  ["int_5735dcf248011972d621dc01", true],
  ["acc_5735dcf248011972d621dc01", false],
  ["ACT_5735dcf248011972d621dc01", false],
  ["act_5735dcf248011972d621dc0", false],
  ["act_5735dcf248011972d621dc012", false],
  ["xact_5735dcf248011972d621dc01", false],
  ["5735dcf248011972d621dc01", false],
])("%s is the id of a key: %s", (text, is) => {
  expect(isKeyId(text)).toBe(is);
});
