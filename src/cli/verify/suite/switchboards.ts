import { accepts, at, decides, responds } from "../answers";
import type { Made, Part, Step, Words } from "../step";
import {
  creates,
  deleted,
  deletion,
  get,
  gone,
  missing,
  numbered,
  patch,
  post,
  refused,
  remove,
  shows,
  withTarget,
} from "./common";

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
        documented: shows({ switchboards: "$list" }),
        question: decides(
          "The switchboards of a new app",
          (body) => `${Object(at(body, "switchboards")).length} of them`,
        ),
      }),
      post("switchboards: create", path, {
        makes: switchboard("switchboard"),
        documented: creates({ switchboard: { id: "$id", enabled: false } }),
      }),
      post("switchboards: create a second", path, {
        makes: switchboard("switchboard2"),
        documented: refused,
      }),
      patch("switchboards: enable without a default", one, {
        body: { enabled: true },
        documented: { status: [404], code: notFoundEntry },
      }),
      patch("switchboards: set an unknown default", one, {
        body: { defaultSwitchboardIntegrationId: missing },
        question: responds("`defaultSwitchboardIntegrationId` with an unknown id"),
      }),
      patch("switchboards: change a missing one", `${path}/${missing}`, {
        body: { enabled: false },
        documented: gone,
      }),
      ...entries(`${one}/switchboardIntegrations`),
      ...withTarget([
        patch("switchboards: enable", one, {
          body: { enabled: true, defaultSwitchboardIntegrationId: "{bot}" },
          documented: shows({
            switchboard: { id: "{switchboard}", enabled: true, defaultSwitchboardIntegrationId: "{bot}" },
          }),
        }),
        get("integrations: read with a switchboard", `${app}/integrations/{web}`, {
          documented: shows({ integration: { id: "{web}" } }),
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
  const bot = `${path}/{bot}`;
  const shown = { id: "{bot}", name: "bot-{mark}", integrationId: "{custom}" };
  return [
    post("switchboard integrations: create one of a type", path, {
      body: { name: "agents-{mark}", integrationType: "zd:agentWorkspace" },
      makes: entry("agents"),
      question: accepts("`integrationType` of a switchboard integration"),
    }),
    post("switchboard integrations: create one of nothing", path, {
      body: { name: "empty-{mark}" },
      makes: entry("empty"),
      documented: refused,
    }),
    post("switchboard integrations: create one of a missing integration", path, {
      body: { name: "lost-{mark}", integrationId: missing },
      makes: entry("lost"),
      question: responds("`integrationId` of a switchboard integration that the app does not have"),
    }),
    post("switchboard integrations: create one of a channel", path, {
      body: { name: "channel-{mark}", integrationId: "{web}" },
      makes: entry("channel"),
      question: accepts("`integrationId` of a switchboard integration that is a channel"),
    }),
    ...withTarget([
      post("switchboard integrations: create", path, {
        body: { name: "bot-{mark}", integrationId: "{custom}", deliverStandbyEvents: true },
        makes: entry("bot"),
        documented: creates({
          switchboardIntegration: {
            ...shown,
            id: "$id",
            integrationType: "custom",
            deliverStandbyEvents: true,
          },
        }),
      }),
      get("switchboard integrations: list", path, {
        documented: shows({ switchboardIntegrations: { $has: shown } }),
      }),
      post("switchboard integrations: create one with a space in its name", path, {
        body: { name: "a bot {mark}", integrationId: "{custom}" },
        makes: entry("spaced"),
        documented: refused,
      }),
      post("switchboard integrations: create one of an id and a type", path, {
        body: {
          name: "both-{mark}",
          integrationId: "{custom}",
          integrationType: "zd:answerBot",
        },
        makes: entry("both"),
        documented: refused,
      }),
      post("switchboard integrations: create a second of the same integration", path, {
        body: { name: "next-{mark}", integrationId: "{custom}" },
        makes: entry("next"),
        question: accepts("Two switchboard integrations of one integration"),
      }),
      post("switchboard integrations: create one with the same name", path, {
        body: { name: "bot-{mark}", integrationId: "{custom}" },
        makes: entry("namesake"),
        question: accepts("Two switchboard integrations with the same name"),
      }),
      patch("switchboard integrations: hand over to an unknown one", bot, {
        body: { nextSwitchboardIntegrationId: missing },
        question: responds("`nextSwitchboardIntegrationId` with an unknown id"),
      }),
      patch("switchboard integrations: hand over to itself", bot, {
        body: { nextSwitchboardIntegrationId: "{bot}" },
        question: accepts("A switchboard integration that names itself as its next"),
      }),
      patch("switchboard integrations: hand over to another", bot, {
        body: { nextSwitchboardIntegrationId: "{next}" },
        documented: shows({ switchboardIntegration: { ...shown, nextSwitchboardIntegrationId: "{next}" } }),
      }),
      remove("switchboard integrations: delete one that another names", `${path}/{next}`, {
        documented: { status: [400, 403, 409] },
        question: responds("Deleting a switchboard integration that another one names as its next"),
      }),
      patch("switchboard integrations: no next one", bot, {
        body: { nextSwitchboardIntegrationId: null },
        documented: shows({ switchboardIntegration: shown }),
        question: decides("`null` for `nextSwitchboardIntegrationId`", (body) =>
          at(body, "switchboardIntegration.nextSwitchboardIntegrationId") === undefined
            ? "is omitted afterwards"
            : "is returned afterwards",
        ),
      }),
      patch("switchboard integrations: a history of 5 messages", bot, {
        body: { messageHistoryCount: 5 },
        documented: shows({ switchboardIntegration: { messageHistoryCount: 5 } }),
      }),
      patch("switchboard integrations: a history of 11 messages", bot, {
        body: { messageHistoryCount: 11 },
        documented: refused,
      }),
      patch("switchboard integrations: no history", bot, {
        body: { messageHistoryCount: null },
        question: accepts("`null` for `messageHistoryCount`"),
      }),
      ...limits(path),
    ]),
  ];
}

function limits(path: string): Step[] {
  return numbered(2, 11, (number) =>
    post(`switchboard integrations: create number ${number}`, path, {
      body: { name: `bot-{mark}-${number}`, integrationId: "{custom}" },
      makes: entry(`bot${number}`),
      isLimit: true,
      // The objects of earlier questions count too.
      ...(number < 11
        ? { question: accepts(`Switchboard integration number ${number}`) }
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
      remove("switchboards: delete", one, { documented: deleted }),
      get("switchboard integrations: list those of a deleted switchboard", `${one}/switchboardIntegrations`, {
        documented: gone,
      }),
      remove("switchboards: delete again", one, { question: responds("A second DELETE of a switchboard") }),
      ...withTarget(deletion("custom", integrations, `${integrations}/{custom}`).slice(1)),
    ],
  };
}
