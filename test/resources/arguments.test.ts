import { expect, it } from "vitest";
import {
  getApp,
  getKeyJwt,
  getKeys,
  SmoochApp,
  SmoochIntegration,
  SmoochKey,
  SmoochProvider,
  SmoochWebhook,
} from "../../src/index";

it.each([SmoochKey, SmoochWebhook, SmoochIntegration, SmoochProvider])(
  "$name without arguments is refused in one sentence",
  (resource) => {
    for (const given of [["k"], ["k", null], ["k", "5a0b"]]) {
      expect(() => Reflect.construct(resource, given)).toThrow(
        expect.objectContaining({
          message: `${resource.name} "k" needs an object with arguments.`,
          __pulumiRunError: true,
        }),
      );
    }
  },
);

it.each([SmoochKey, SmoochWebhook, SmoochIntegration])(
  "$name.get without arguments is refused in one sentence",
  (resource) => {
    expect(() => Reflect.apply(resource.get, undefined, ["k", "5a0b"])).toThrow(
      `${resource.name} "k" needs an object with arguments.`,
    );
  },
);

it("SmoochApp needs no arguments, but accepts nothing else in their place", () => {
  expect(() => Reflect.construct(SmoochApp, ["a", null])).toThrow(
    'SmoochApp "a" needs an object with arguments.',
  );
});

it.each([getApp, getKeys, getKeyJwt])("$name without arguments is refused in one sentence", (ask) => {
  expect(() => Reflect.apply(ask, undefined, [])).toThrow(`${ask.name} needs an object with arguments.`);
});
