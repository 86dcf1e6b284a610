import { describe, expect, it } from "vitest";
import { compare, type Finding } from "../../../src/cli/verify/compare";
import { recordingFile } from "../../../src/cli/verify/recording";
import type { ApiVersion } from "../../../src/smooch/api-version";
import type { WireRequest, WireResponse } from "../../../src/smooch/host";
import { replay } from "../../contract/replay";
import { Service, tidyUp } from "./support";

tidyUp();

type Change = (response: WireResponse, request: WireRequest) => Partial<WireResponse>;

/** A service that responds differently to some requests. */
interface Play {
  version: ApiVersion;
  /** A pattern for method and path. */
  when: RegExp;
  /** Only the one with this number among the requests that match. */
  only?: number;
  change: Change;
  limits?: boolean;
  /** Step, mark, what about, what the API did. */
  finds: [step: string, mark: Finding["mark"], about: string, api: string][];
}

const body = (value: unknown) => ({ body: JSON.stringify(value) });
const edit =
  (change: (value: never) => unknown): Change =>
  ({ body: text }) =>
    body(change(JSON.parse(text) as never));
const error = (status: number, code: string) => ({
  status,
  ...body({ error: { code, description: "No." } }),
});

/** Other behaviour of a service, each from docs/api/observed.md or a question there. */
const plays: Record<string, Play> = {
  "a v2 app on a Zendesk host": {
    version: "v2",
    when: /^GET \/v2\/apps\/\w+$/,
    only: 1,
    change: edit(({ app }: { app: { settings: object } }) => ({
      app: { ...app, subdomain: "acme", settings: { ...app.settings, attachmentsAccess: "public" } },
    })),
    finds: [
      ["apps: read", "shape", "app.settings.attachmentsAccess", "a string"],
      ["apps: read", "shape", "app.subdomain", "a string"],
    ],
  },
  "an app without settings in v1": {
    version: "v1",
    when: /^GET \/v1\/apps\/\w+$/,
    only: 1,
    change: edit(({ app: { settings: _, ...app } }: { app: { settings: object } }) => ({ app })),
    finds: [["apps: read", "shape", "app.settings", "absent"]],
  },
  "a key that is created with HTTP 200": {
    version: "v1",
    when: /^POST .*\/apps\/\w+\/keys$/,
    only: 1,
    change: () => ({ status: 200 }),
    finds: [["keys: create", "shape", "the status", "HTTP 200"]],
  },
  "an app key that may not read its app": {
    version: "v1.1",
    when: /^GET \/v1.1\/apps\/\w+$/,
    only: 3,
    change: () => error(403, "forbidden"),
    finds: [
      ["apps: read with an app key", "contradicts docs", "the status", "HTTP 403 forbidden"],
      ["apps: read with an app key", "emulator looser", "the status", "HTTP 403 forbidden"],
    ],
  },
  "a second DELETE that succeeds": {
    version: "v1",
    when: /^DELETE .*\/apps\/\w+\/keys\/\w+$/,
    only: 3,
    change: () => ({ status: 200, ...body({}) }),
    finds: [["keys: delete again", "unknown answered", "A second DELETE of a key of an app", "HTTP 200"]],
  },
  "an eleventh key that is a conflict": {
    version: "v1",
    when: /^POST .*\/apps\/\w+\/keys$/,
    only: 13,
    limits: true,
    change: () => error(409, "conflict"),
    finds: [
      [
        "keys: create an eleventh",
        "unknown answered",
        "An eleventh key of an app",
        "refuses it: HTTP 409 conflict",
      ],
    ],
  },
  "an account key that may list v2's webhooks": {
    version: "v2",
    when: /^GET .*\/integrations\/\w+\/webhooks$/,
    only: 1,
    change: () => ({ status: 200, ...body({ webhooks: [] }) }),
    finds: [
      [
        "custom: list webhooks with an account key",
        "unknown answered",
        "An account key on v2's webhook calls",
        "HTTP 200",
      ],
    ],
  },
  "an empty appearance field that is refused": {
    version: "v1.1",
    when: /^PUT .*\/integrations\/\w+$/,
    only: 2,
    change: () => error(400, "bad_request"),
    finds: [
      ["integrations: clear the business name", "contradicts docs", "the status", "HTTP 400 bad_request"],
      [
        "integrations: clear the business name",
        "unknown answered",
        "Whether omitted fields of an integration's `PUT` stay",
        "refuses it: HTTP 400 bad_request",
      ],
    ],
  },
  "a target that is not checked": {
    version: "v1",
    when: /^POST .*\/webhooks$/,
    only: 1,
    change: ({ status }, { body: sent = "" }) => ({
      status: status - 199,
      ...body({ webhook: { ...JSON.parse(sent), _id: "0".repeat(24), secret: "s".repeat(24) } }),
    }),
    finds: [
      ["webhooks: create one whose target does not respond", "contradicts docs", "the status", "HTTP 201"],
      ["webhooks: create one whose target does not respond", "emulator stricter", "the status", "HTTP 201"],
    ],
  },
  "a list of integrations of unknown types": {
    version: "v2",
    when: /^GET .*\/integrations$/,
    only: 1,
    change: edit(({ integrations, ...rest }: { integrations: object[] }) => ({
      ...rest,
      integrations: [
        ...integrations,
        { id: "65a000070123456789abcdef", type: "slackconnect", status: "active" },
      ],
    })),
    finds: [],
  },
  "a failure of the service": {
    version: "v2",
    when: /^GET .*\/keys$/,
    only: 1,
    change: () => ({ status: 502, body: "<html>" }),
    finds: [["keys: list", "not answered", "the response", "HTTP 502"]],
  },
};

/** Makes the service respond differently to the requests that match. */
function disturb(service: Service, { when, only, change }: Pick<Play, "when" | "only" | "change">): void {
  let count = 0;
  service.intercept = async (request, forward) => {
    const response = await forward();
    const isMeant =
      when.test(`${request.method} ${new URL(request.url).pathname}`) && [undefined, ++count].includes(only);
    return isMeant ? { ...response, ...change(response, request) } : response;
  };
}

describe("another service is found out", () => {
  it.each(Object.entries(plays))("by %s", async (_, { version, limits = false, finds, ...play }) => {
    const service = new Service(version);
    disturb(service, play);
    const { findings, left } = await service.verification({ limits }).run();
    const found = findings.filter(({ agrees }) => agrees !== true);
    expect(found.map(({ step, mark, about, api }) => [step, mark, about, api])).toEqual(finds);
    expect(left).toEqual([]);
    expect(service.emulator.isEmpty()).toBe(true);
  });
});

/** Mistakes that the emulator could have. */
const mistakes: Record<string, Play> = {
  "an update of the name loses the metadata": {
    version: "v1.1",
    when: /^PUT \/v1.1\/apps\/\w+$/,
    only: 1,
    change: edit(({ app: { metadata: _, ...app } }: { app: { metadata: object } }) => ({ app })),
    finds: [["apps: rename", "contradicts docs", "app.metadata", "another value"]],
  },
  "a deleted key can still be read": {
    version: "v2",
    when: /^GET .*\/keys\/app_\w+$/,
    only: 2,
    change: () => ({ status: 200, ...body({ key: {} }) }),
    finds: [["keys: read the deleted one", "contradicts docs", "the status", "HTTP 200"]],
  },
  "a create returns 200": {
    version: "v1",
    when: /^POST \/v1\/apps$/,
    change: () => ({ status: 200 }),
    finds: [["apps: create", "contradicts docs", "the status", "HTTP 200"]],
  },
};

describe("the documentation decides, and not the emulator", () => {
  it.each(Object.entries(mistakes))(
    "if both make the same mistake: %s",
    async (_, { version, finds, ...play }) => {
      const service = new Service(version);
      disturb(service, play);
      const verification = service.verification();
      await verification.run();
      const { suite } = verification;
      const seen = replay(recordingFile.parse(JSON.parse(verification.record())), suite);
      const found = compare([...suite.parts, ...suite.last], seen, seen, true);
      const wrong = found.filter(({ agrees }) => agrees !== true);
      expect(wrong.map(({ step, mark, about, api }) => [step, mark, about, api])).toEqual(finds);
    },
  );
});
