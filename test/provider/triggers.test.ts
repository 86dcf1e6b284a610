import { describe, expect, it } from "vitest";
import { checkInputs } from "../../src/provider/check";
import { integration } from "../../src/provider/kinds/integration";
import { webhook } from "../../src/provider/kinds/webhook";
import { unknownValue } from "../../src/provider/values";
import { type ApiVersion, apiVersions } from "../../src/smooch/api-version";
import { knownTriggers } from "../support/triggers";

const hook = { appId: "5a0b", target: "https://a.example" };
const judge = (triggers: readonly unknown[], version: ApiVersion) => {
  const { failures, warnings } = checkInputs(webhook, { ...hook, triggers }, { version, olds: {} });
  return { failures: failures.map(({ property, reason }) => `${property}: ${reason}`), warnings };
};

describe.each(apiVersions)("API %s", (version) => {
  it("accepts its own triggers", () => {
    expect(judge(knownTriggers[version], version)).toEqual({ failures: [], warnings: [] });
  });

  it("refuses triggers of the other versions, and names the version of each", () => {
    const strangers = [...new Set(Object.values(knownTriggers).flat())].filter(
      (trigger) => !knownTriggers[version].includes(trigger),
    );
    const { failures, warnings } = judge(strangers, version);
    expect(warnings).toEqual([]);
    expect(
      failures.map((text) => /^triggers\.\d+: "(.+)" is a (v\S+) trigger; /.exec(text)?.slice(1)),
    ).toEqual(
      strangers.map((trigger) => [
        trigger,
        apiVersions.find((other) => knownTriggers[other].includes(trigger)),
      ]),
    );
  });
});

describe("a trigger of another API version", () => {
  it.each<[ApiVersion, string, string]>([
    ["v2", "message", '"message" is a v1 trigger; in v2 use conversation:message'],
    ["v2", "message:appUser", '"message:appUser" is a v1 trigger; in v2 use conversation:message'],
    ["v2", "message:appMaker", '"message:appMaker" is a v1 trigger; in v2 use conversation:message'],
    ["v2", "conversation:start", '"conversation:start" is a v1 trigger; in v2 use conversation:create'],
    ["v2", "postback", '"postback" is a v1 trigger; in v2 use conversation:postback'],
    ["v2", "merge:appUser", '"merge:appUser" is a v1 trigger; in v2 use user:merge'],
    [
      "v2",
      "delivery:success",
      '"delivery:success" is a v1 trigger; in v2 use conversation:message:delivery:channel and conversation:message:delivery:user',
    ],
    [
      "v1.1",
      "delivery:success",
      '"delivery:success" is a v1 trigger; in v1.1 use message:delivery:channel and message:delivery:user',
    ],
    ["v1.1", "delivery:failure", '"delivery:failure" is a v1 trigger; in v1.1 use message:delivery:failure'],
    ["v2", "*", '"*" is a v1 trigger; v2 has no equivalent'],
    ["v2", "payment:success", '"payment:success" is a v1 trigger; v2 has no equivalent'],
    ["v2", "link:match", '"link:match" is a v1 trigger; in v2 use client:update'],
    ["v2", "link:failure", '"link:failure" is a v1 trigger; in v2 use client:remove'],
    ["v2", "typing:appUser", '"typing:appUser" is a v1.1 trigger; in v2 use conversation:typing'],
    ["v2", "appUser:delete", '"appUser:delete" is a v1.1 trigger; in v2 use user:remove'],
    [
      "v2",
      "notification:delivery:user",
      '"notification:delivery:user" is a v1.1 trigger; v2 has no equivalent',
    ],
    ["v1", "typing:appUser", '"typing:appUser" is a v1.1 trigger; v1 has no equivalent'],
    ["v1", "client:add", '"client:add" is a v1.1 trigger; v1 has no equivalent'],
    ["v1", "message:delivery:user", '"message:delivery:user" is a v1.1 trigger; in v1 use delivery:success'],
    ["v1.1", "user:merge", '"user:merge" is a v2 trigger; in v1.1 use merge:appUser'],
    [
      "v1.1",
      "conversation:message",
      '"conversation:message" is a v2 trigger; in v1.1 use message or message:appUser or message:appMaker',
    ],
    ["v1", "client:update", '"client:update" is a v2 trigger; in v1 use link:success or link:match'],
    ["v1.1", "switchboard:passControl", '"switchboard:passControl" is a v2 trigger; v1.1 has no equivalent'],
  ])("in %s: %s", (version, trigger, reason) => {
    expect(judge([trigger], version)).toEqual({ failures: [`triggers.0: ${reason}`], warnings: [] });
  });
});

describe("a trigger that this package does not know", () => {
  it("is refused in v1, which gets no new triggers", () => {
    const names =
      "message, *, message:appUser, message:appMaker, conversation:start, conversation:read, conversation:referral, postback, merge:appUser, delivery:success, delivery:failure, payment:success, link:success, link:match, link:failure";
    expect(judge(["typing", "message"], "v1")).toEqual({
      failures: [`triggers.0: is not a v1 trigger (${names})`],
      warnings: [],
    });
  });

  it.each(["v1.1", "v2"] as const)("causes a warning in %s", (version) => {
    const text = `is not a ${version} trigger that this version of the package knows`;
    expect(judge(["conversation:dream", unknownValue, "user:dream"], version)).toEqual({
      failures: [],
      warnings: [`triggers.0 ${text}`, `triggers.2 ${text}`],
    });
  });
});

it("the webhook of a custom integration accepts v2 triggers, and failures name its own path", () => {
  const check = (inner: unknown) => {
    const news = { appId: "5a0b", type: "custom", webhooks: [inner] };
    const { failures, warnings } = checkInputs(integration, news, { version: "v2", olds: {} });
    return { failures, warnings };
  };
  const target = "https://a.example";
  expect(check({ target, triggers: ["conversation:message"] })).toEqual({ failures: [], warnings: [] });
  expect(check({ target, triggers: ["message:appUser", "conversation:dream"] })).toEqual({
    failures: [
      {
        property: "webhooks.0.triggers.0",
        reason: '"message:appUser" is a v1 trigger; in v2 use conversation:message',
      },
    ],
    warnings: ["webhooks.0.triggers.1 is not a v2 trigger that this version of the package knows"],
  });
  expect(check({ target }).failures).toEqual([{ property: "webhooks.0.triggers", reason: "is required" }]);
  expect(check({ target, triggers: unknownValue })).toEqual({ failures: [], warnings: [] });
  expect(check({ target, triggers: ["user:merge", unknownValue] })).toEqual({ failures: [], warnings: [] });
  expect(check(unknownValue)).toEqual({ failures: [], warnings: [] });
});
