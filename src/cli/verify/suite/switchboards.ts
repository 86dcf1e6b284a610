import { accepts, at, decides, responds } from "../answers";
import type { Json, Made, Part, Step, Words } from "../step";
import { deletion, get, missing, remove, withTarget } from "./common";

const switchboard = (as: string): Made => ({
  label: "switchboard",
  as,
  envelope: "switchboard",
  isUnnamed: true,
  isListedOnly: true,
});
const entry = (as: string): Made => ({
  label: "switchboard integration",
  as,
  envelope: "switchboardIntegration",
  isListedOnly: true,
});

const source = "v2.md#switchboards";
const notFoundEntry = /^switchboard_integration_not_found$/;

export function switchboards({ app }: Words): Part {
  const path = `${app}/switchboards`;
  const one = `${path}/{switchboard}`;
  return {
    name: "switchboards",
    source,
    needs: "own app",
    steps: [
      get("switchboards: list those of a new app", path, {
        documented: { status: [200], body: { switchboards: "$list" } },
        question: decides(
          "The switchboards of a new app",
          (body) => `${Object(at(body, "switchboards")).length} of them`,
        ),
      }),
      {
        name: "switchboards: create",
        method: "POST",
        path,
        makes: switchboard("switchboard"),
        documented: { status: [201], body: { switchboard: { id: "$id", enabled: false } } },
      },
      {
        name: "switchboards: create a second",
        method: "POST",
        path,
        makes: switchboard("switchboard2"),
        documented: { status: [400] },
      },
      {
        name: "switchboards: enable without a default",
        method: "PATCH",
        path: one,
        body: { enabled: true },
        documented: { status: [404], code: notFoundEntry },
      },
      {
        name: "switchboards: set an unknown default",
        method: "PATCH",
        path: one,
        body: { defaultSwitchboardIntegrationId: missing },
        question: responds("`defaultSwitchboardIntegrationId` with an unknown id"),
      },
      {
        name: "switchboards: change a missing one",
        method: "PATCH",
        path: `${path}/${missing}`,
        body: { enabled: false },
        documented: { status: [404], code: "gone" },
      },
      ...entries(`${one}/switchboardIntegrations`),
      ...withTarget([
        {
          name: "switchboards: enable",
          method: "PATCH",
          path: one,
          body: { enabled: true, defaultSwitchboardIntegrationId: "{bot}" },
          documented: {
            status: [200],
            body: {
              switchboard: { id: "{switchboard}", enabled: true, defaultSwitchboardIntegrationId: "{bot}" },
            },
          },
        },
        get("integrations: read with a switchboard", `${app}/integrations/{web}`, {
          documented: { status: [200], body: { integration: { id: "{web}" } } },
          question: decides("`defaultResponder` of a channel with an enabled switchboard", (body) =>
            at(body, "integration.defaultResponder.inherited") === true
              ? "is the inherited one"
              : "is another",
          ),
        }),
        remove("switchboard integrations: delete the default", `${one}/switchboardIntegrations/{bot}`, {
          documented: { status: [400, 403, 409] },
          question: responds("Deleting the default switchboard integration"),
        }),
      ]),
    ],
  };
}

function entries(path: string): Step[] {
  const create = (as: string, body: Json) => ({ method: "POST" as const, path, body, makes: entry(as) });
  const change = (body: Json) => ({ method: "PATCH" as const, path: `${path}/{bot}`, body });
  const shown = { id: "{bot}", name: "bot-{mark}", integrationId: "{custom}" };
  return [
    {
      name: "switchboard integrations: create one of a type",
      ...create("agents", { name: "agents-{mark}", integrationType: "zd:agentWorkspace" }),
      question: accepts("`integrationType` of a switchboard integration"),
    },
    {
      name: "switchboard integrations: create one of nothing",
      ...create("empty", { name: "empty-{mark}" }),
      documented: { status: [400] },
    },
    {
      name: "switchboard integrations: create one of a missing integration",
      ...create("lost", { name: "lost-{mark}", integrationId: missing }),
      question: responds("`integrationId` of a switchboard integration that the app does not have"),
    },
    {
      name: "switchboard integrations: create one of a channel",
      ...create("channel", { name: "channel-{mark}", integrationId: "{web}" }),
      question: accepts("`integrationId` of a switchboard integration that is a channel"),
    },
    ...withTarget([
      {
        name: "switchboard integrations: create",
        ...create("bot", { name: "bot-{mark}", integrationId: "{custom}", deliverStandbyEvents: true }),
        documented: {
          status: [201],
          body: {
            switchboardIntegration: {
              ...shown,
              id: "$id",
              integrationType: "custom",
              deliverStandbyEvents: true,
            },
          },
        },
      },
      get("switchboard integrations: list", path, {
        documented: { status: [200], body: { switchboardIntegrations: { $has: shown } } },
      }),
      {
        name: "switchboard integrations: create one with a space in its name",
        ...create("spaced", { name: "a bot {mark}", integrationId: "{custom}" }),
        documented: { status: [400] },
      },
      {
        name: "switchboard integrations: create one of an id and a type",
        ...create("both", {
          name: "both-{mark}",
          integrationId: "{custom}",
          integrationType: "zd:answerBot",
        }),
        documented: { status: [400] },
      },
      {
        name: "switchboard integrations: create a second of the same integration",
        ...create("next", { name: "next-{mark}", integrationId: "{custom}" }),
        question: accepts("Two switchboard integrations of one integration"),
      },
      {
        name: "switchboard integrations: create one with the same name",
        ...create("namesake", { name: "bot-{mark}", integrationId: "{custom}" }),
        question: accepts("Two switchboard integrations with the same name"),
      },
      {
        name: "switchboard integrations: hand over to an unknown one",
        ...change({ nextSwitchboardIntegrationId: missing }),
        question: responds("`nextSwitchboardIntegrationId` with an unknown id"),
      },
      {
        name: "switchboard integrations: hand over to itself",
        ...change({ nextSwitchboardIntegrationId: "{bot}" }),
        question: accepts("A switchboard integration that names itself as its next"),
      },
      {
        name: "switchboard integrations: hand over to another",
        ...change({ nextSwitchboardIntegrationId: "{next}" }),
        documented: {
          status: [200],
          body: { switchboardIntegration: { ...shown, nextSwitchboardIntegrationId: "{next}" } },
        },
      },
      remove("switchboard integrations: delete one that another names", `${path}/{next}`, {
        documented: { status: [400, 403, 409] },
        question: responds("Deleting a switchboard integration that another one names as its next"),
      }),
      {
        name: "switchboard integrations: no next one",
        ...change({ nextSwitchboardIntegrationId: null }),
        documented: { status: [200], body: { switchboardIntegration: shown } },
        question: decides("`null` for `nextSwitchboardIntegrationId`", (body) =>
          at(body, "switchboardIntegration.nextSwitchboardIntegrationId") === undefined
            ? "is omitted afterwards"
            : "is returned afterwards",
        ),
      },
      {
        name: "switchboard integrations: a history of 5 messages",
        ...change({ messageHistoryCount: 5 }),
        documented: { status: [200], body: { switchboardIntegration: { messageHistoryCount: 5 } } },
      },
      {
        name: "switchboard integrations: a history of 11 messages",
        ...change({ messageHistoryCount: 11 }),
        documented: { status: [400] },
      },
      {
        name: "switchboard integrations: no history",
        ...change({ messageHistoryCount: null }),
        question: accepts("`null` for `messageHistoryCount`"),
      },
      ...limits(create),
    ]),
  ];
}

function limits(create: (as: string, body: Json) => Omit<Step, "name">): Step[] {
  return Array.from(
    { length: 10 },
    (_, index): Step => ({
      name: `switchboard integrations: create number ${index + 2}`,
      ...create(`bot${index}`, { name: `bot-{mark}-${index + 2}`, integrationId: "{custom}" }),
      isLimit: true,
      // The objects of earlier questions count too.
      ...(index < 9
        ? { question: accepts(`Switchboard integration number ${index + 2}`) }
        : { documented: { status: [400], code: /^too_many_switchboard_integrations$/ } }),
    }),
  );
}

/** The custom integration goes while the switchboard still names it, and then the switchboard. */
export function switchboardDeletion({ app }: Words): Part {
  const integrations = `${app}/integrations`;
  const path = `${app}/switchboards`;
  const one = `${path}/{switchboard}`;
  return {
    name: "deletion of switchboards",
    source,
    needs: "own app",
    steps: [
      ...withTarget([
        remove("custom: delete one that a switchboard integration names", `${integrations}/{custom}`, {
          question: accepts("Deleting an integration that a switchboard integration names"),
        }),
        get("switchboard integrations: list after that", `${one}/switchboardIntegrations`, {
          documented: { status: [200] },
          question: decides("The switchboard integration of a deleted integration", (body) =>
            JSON.stringify(body).includes('"bot-') ? "stays" : "goes too",
          ),
        }),
      ]),
      remove("switchboards: delete", one, { documented: { status: "deleted" } }),
      get("switchboard integrations: list those of a deleted switchboard", `${one}/switchboardIntegrations`, {
        documented: { status: [404], code: "gone" },
      }),
      remove("switchboards: delete again", one, {
        question: responds("A second DELETE of a switchboard"),
      }),
      ...withTarget(deletion("custom", integrations, `${integrations}/{custom}`).slice(1)),
    ],
  };
}
