import { expect, it } from "vitest";
import { dynamicDoor } from "../support/door";
import { scenario } from "../support/stack";

it("inputs that would fail halfway, or differ forever, are refused in the preview", () =>
  scenario(async ({ emulator }, start) => {
    const stack = start(
      `
      new smooch.SmoochIntegration("bot", {
        appId: "5a0b",
        type: "custom",
        brandColor: "#s3cret",
        fields: { "": "s3cret" },
        webhooks: [{ target: "https:/s3cret", triggers: ["user:merge"] }],
      });`,
      dynamicDoor,
    );
    const { code, output } = await stack.try("preview");
    expect(code).not.toBe(0);
    expect(output).toContain("has a problem: fields must not contain a property with an empty name");
    expect(output).toContain(
      "has a problem: webhooks.0.target must be a URL that begins with http:// or https://",
    );
    expect(output).toContain("has a problem: brandColor must be 3 or 6 hex digits, without #");
    expect(output).not.toContain("s3cret");

    stack.program = `new smooch.SmoochApp("shop");`;
    stack.environment = {
      SMOOCH_ACCOUNT_KEY_ID: "s3cret-in-the-wrong-place",
      SMOOCH_ACCOUNT_KEY_SECRET: "act_5735dcf248011972d621dc01",
      SMOOCH_REGION: "constructor",
      SMOOCH_BASE_URL: "https://api.smooch.io/v2",
    };
    const settings = await stack.try("preview");
    expect(settings.output).toContain(
      "smooch:accountKeySecret holds the id of a key: id and secret are swapped",
    );
    expect(settings.output).toContain("smooch:region is not a region; use us or eu-1");
    expect(settings.output).toContain(
      "smooch:baseUrl must end before the API version: use https://api.smooch.io",
    );
    expect(settings.output).not.toContain("s3cret");
    expect(emulator.requests).toEqual([]);
    await fetch(`${stack.emulator.url}/v1/apps`);
  }));

it("preview and up report that a setting which is no longer declared keeps its value", () =>
  scenario(async (_, start) => {
    const stack = start(`new smooch.SmoochApp("shop", { settings: { useAnimalNames: true } });`);
    await stack.up();
    stack.program = `new smooch.SmoochApp("shop");`;
    const kept =
      "settings.useAnimalNames is no longer declared, so it is no longer managed: Smooch keeps its value";
    expect(await stack.preview()).toContain(kept);
    expect((await stack.tryUp()).output).toContain(kept);
    await stack.expectNoChange();
    await stack.destroy();
  }));
