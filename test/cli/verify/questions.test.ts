import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { suiteFor } from "../../../src/cli/verify/suite";
import { parseProfile } from "../../../src/emulator/profile";
import { apiVersions } from "../../../src/smooch/api-version";

const docs = join(__dirname, "..", "..", "..", "docs");
const read = (file: string) => readFileSync(join(docs, file), "utf8");

const parts = apiVersions.flatMap((version) => {
  const { parts, last } = suiteFor(version, { owner: "person", hasTarget: true, limits: true });
  return [...parts, ...last];
});
const steps = parts.flatMap(({ steps }) => steps);

const conversations = "It sends no messages and creates no users.";

/** The steps that answer each case of docs/emulator.md, or why there is none. */
const answeredBy: Record<string, readonly string[] | string> = {
  "`settings` in an update": ["apps: change another setting"],
  "`subdomain` of a v2 app": ["apps: read"],
  "A page size of more than 100": ["apps: list a page of more than 100"],
  "A body with more than 100 levels of objects and lists":
    "No program sends one: the emulator refuses what it could not save.",
  "A second DELETE, a malformed id": [
    "keys: delete again",
    "apps: delete again",
    "apps: read with a malformed id",
  ],
  "An eleventh key of an app, integration or service account, or an eleventh webhook": [
    "keys: create an eleventh",
    "integration keys: create an eleventh",
    "service account keys: create an eleventh",
    "custom: create an eleventh",
    "webhooks: create number 13",
  ],
  "A webhook created through v1 or v1.1": ["webhooks: list in v2"],
  "A webhook created through v2": ["custom: list webhooks in v1.1"],
  "New triggers for a webhook": "It needs a webhook that two API versions change, and no program does that.",
  "An unknown trigger in v2": ["custom: create one with an unknown trigger"],
  "Access to the app itself with an app key": ["apps: read with an app key", "apps: change with an app key"],
  "`POST …/webhooks` below a v2 integration": ["custom: create a second webhook"],
  "An integration type that an API version cannot create": "It needs an app that Zendesk set up.",
  "Inputs of v1 and v1.1 integrations": "It needs an account with another company.",
  "`web` in v1 and v1.1": ["integrations: create a second web", "integrations: read"],
  "`prechatCapture` in v1.1": ["integrations: set prechatCapture"],
  "`displayName` in v1.1": ["integrations: name", "integrations: remove the name"],
  "`pageAccessToken` of a v2 messenger": "It needs an account with another company.",
  "LINE secrets, `signingKey` of mailgun, `authenticationMessageSecret` of apple, `accountManagementAccessToken` in v2":
    "It needs an account with another company.",
  "`defaultResponderId`": ["integrations: set a responder that does not exist"],
  "`defaultResponder` of a v2 channel": ["integrations: read", "integrations: read with a switchboard"],
  "The name of a switchboard integration, and the integration it names": [
    "switchboard integrations: create one with the same name",
    "switchboard integrations: create a second of the same integration",
  ],
  "`integrationId` of a switchboard integration": [
    "switchboard integrations: create one of a missing integration",
    "switchboard integrations: create one of a channel",
  ],
  "`integrationType` of a switchboard integration": ["switchboard integrations: create one of a type"],
  "`nextSwitchboardIntegrationId`, `defaultSwitchboardIntegrationId`": [
    "switchboard integrations: hand over to an unknown one",
    "switchboard integrations: hand over to itself",
    "switchboards: set an unknown default",
  ],
  "`null` for `nextSwitchboardIntegrationId` or `messageHistoryCount`": [
    "switchboard integrations: no next one",
    "switchboard integrations: no history",
  ],
  "Deleting the default switchboard integration, or the next one of another": [
    "switchboard integrations: delete the default",
    "switchboard integrations: delete one that another names",
  ],
  "Deleting an integration that a switchboard integration names": [
    "custom: delete one that a switchboard integration names",
  ],
  "The name of an integration's key": ["integration keys: a name of 101 characters"],
  "A key of a `custom` integration": [
    "integration keys: list webhooks as the integration",
    "integration keys: read another integration's webhooks",
  ],
  "The same third-party account connected twice": "It needs an account with another company.",
  "A v2 cursor whose app or integration was deleted": ["integrations: list after a deleted one"],
  "The menu of an app that has none": ["menus: read that of a new app"],
  "The menu of an integration that has none": ["menus: read that of an integration without one"],
  "`POST` of an integration's menu that exists": ["menus: create that of an integration again"],
  "Menus and channels": ["menus: three levels", "menus: a uri that is none"],
  "`uri`, `payload` or `items` in a menu item of another type, `_id` in an item": [
    "menus: an item with the fields of another type",
    "menus: an item with an id",
  ],
  "The message of a template": [
    "templates: create one whose message has no role",
    "templates: create one with a postback",
  ],
  "A second template, or service account, with the same name": [
    "templates: create one with the same name",
    "service accounts: create one with the same name",
  ],
  "A missing menu, template or service account": [
    "templates: read a missing one",
    "service accounts: read a missing one",
    "menus: read that of an integration without one",
  ],
  "The apps of a service account": ["service account keys: list apps"],
  "`serviceAccountId` when listing apps": ["service accounts: list the apps of one"],
  "A user's second conversation without `multiConvoEnabled`": conversations,
  "`mediaType` of an image, file or item": conversations,
  "`htmlText`, `markdownText`": conversations,
  "The fallback `text` of a location in v2": conversations,
  "Ids of actions, items and fields in v2": conversations,
  "`reply` or `locationRequest` together with other actions, actions of a user": conversations,
  "A message with type `webview` actions in v1": conversations,
  "A deleted message": conversations,
  "More than 30,000 messages": conversations,
  "`PATCH` of a v2 user": conversations,
  "`PATCH` of a v2 conversation": conversations,
  "A participant who joins twice, or joins or leaves a `personal` conversation": conversations,
  "Deleting a user": conversations,
  "`conversation:read` and typing of the business": conversations,
  "Events of a group (`sdkGroup`)": conversations,
  "`echoPostback`": conversations,
  "The source of an event": conversations,
};

describe("the suite", () => {
  it("answers every case that the emulator decides without knowledge, or a reason is given", () => {
    const [, section = ""] = read("emulator.md").split(
      "### Behaviour that the API documentation does not define",
    );
    const [table = ""] = section.split("\n## ");
    const cases = [...table.matchAll(/^\| (.+?) +\| /gm)].map(([, name = ""]) => name.trim());
    expect(Object.keys(answeredBy)).toEqual(
      cases.filter((name) => name !== "Case" && !name.startsWith("--")),
    );
    const names = new Set(steps.map(({ name }) => name));
    const wanted = Object.values(answeredBy).flatMap((answer) => (typeof answer === "string" ? [] : answer));
    expect(wanted.filter((name) => !names.has(name))).toEqual([]);
  });

  it("answers every setting of the profile", () => {
    // `serves` shows at once: the app cannot be created. Two questions decide on `secrets`.
    const asked = new Set(steps.flatMap(({ question }) => question?.setting ?? []));
    const settings = [...asked].map((setting) => (setting.startsWith("secrets") ? "secrets" : setting));
    expect([...new Set([...settings, "serves"])].toSorted()).toEqual(
      Object.keys(parseProfile({})).toSorted(),
    );
  });

  it("takes every expectation from a section of docs/api that exists", () => {
    const sources = new Set([
      ...parts.map(({ source }) => source),
      ...steps.flatMap(({ documented }) => documented?.source ?? []),
    ]);
    const anchors = ["legacy.md", "v2.md", "observed.md"].flatMap((file) =>
      [...read(`api/${file}`).matchAll(/^#{2,3} (.+)$/gm)].map(
        ([, heading = ""]) =>
          `${file}#${heading
            .toLowerCase()
            .replace(/[^\w -]/g, "")
            .replaceAll(" ", "-")}`,
      ),
    );
    expect([...sources].filter((source) => !anchors.includes(source))).toEqual([]);
  });

  it("says of every step what is documented, what is asked, or both", () => {
    expect(
      steps.filter(({ documented, question }) => documented === undefined && question === undefined),
    ).toEqual([]);
  });
});
