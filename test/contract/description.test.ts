import { OpenAPIBackend } from "openapi-backend";
import { beforeAll, expect, test } from "vitest";
import { corrections } from "./corrections";
import { describeContract, loadDescription } from "./description";
import {
  answer,
  app,
  appPath,
  ask,
  custom,
  integration,
  integrationPath,
  newCustom,
  newWebhook,
  refuse,
} from "./hand";
import { isNode, type Node, nodeAt, nodesIn, resolve } from "./tree";
import { type CheckExchange, type GivenAnswer, loadChecker, type SentRequest } from "./validator";

const switchboardIntegrationsPath = `${appPath}/switchboards/${app.id}/switchboardIntegrations`;

/** Exchanges that the uncorrected description misjudges, each with the name of the correction that fixes it. */
const proofs: { of: string; is: "right" | "wrong"; request: SentRequest; given: GivenAnswer }[] = [
  {
    of: "nullable with allOf",
    is: "right",
    request: ask("POST", "/v2/apps", { displayName: "Shop" }),
    given: answer(201, { app }),
  },
  {
    of: "integration by type",
    is: "right",
    request: ask("POST", `${appPath}/integrations`, newCustom),
    given: answer(201, { integration: custom }),
  },
  {
    of: "alternatives by type",
    is: "right",
    request: ask("POST", `${appPath}/conversations/${app.id}/messages`, {
      author: { type: "business" },
      content: { type: "text", text: "Hi" },
    }),
    given: refuse(404, "not_found"),
  },
  {
    of: "update of any type",
    is: "right",
    request: ask("PATCH", integrationPath, { displayName: "bot" }),
    given: answer(200, { integration: custom }),
  },
  {
    of: "page id is a string",
    is: "right",
    request: ask("GET", integrationPath),
    given: answer(200, {
      integration: integration("messenger", { appId: "1", pageAccessToken: null, pageId: "2" }),
    }),
  },
  {
    of: "webhook secret is returned, not accepted",
    is: "wrong",
    request: ask("POST", `${appPath}/integrations`, {
      ...newCustom,
      webhooks: [{ ...newWebhook, secret: "mine" }],
    }),
    given: answer(201, { integration: custom }),
  },
  {
    of: "metadata is flat",
    is: "wrong",
    request: ask("PATCH", appPath, { metadata: { address: { city: "Bern" } } }),
    given: answer(200, { app }),
  },
  {
    of: "one cursor",
    is: "wrong",
    request: ask("GET", `/v2/apps?page[after]=${app.id}&page[before]=${app.id}`),
    given: answer(200, { apps: [] }),
  },
  {
    of: "one sender for twilio",
    is: "wrong",
    request: ask("POST", `${appPath}/integrations`, { type: "twilio", accountSid: "AC1", authToken: "t" }),
    given: refuse(400, "bad_request"),
  },
  {
    of: "default responder has an id",
    is: "right",
    request: ask("GET", integrationPath),
    given: answer(200, {
      integration: integration("web", {
        defaultResponder: { id: app.id, name: "bot", integrationId: app.id, inherited: true },
      }),
    }),
  },
  {
    of: "name of a switchboard integration",
    is: "wrong",
    request: ask("POST", switchboardIntegrationsPath, { name: "a bot", integrationType: "zd:answerBot" }),
    given: refuse(400, "bad_request"),
  },
  {
    of: "one integration of a switchboard integration",
    is: "wrong",
    request: ask("POST", switchboardIntegrationsPath, { name: "bot" }),
    given: refuse(400, "bad_request"),
  },
];

const without = (name: string) => corrections.filter((correction) => correction.name !== name);

describeContract("the corrections to the description", () => {
  let corrected: CheckExchange;
  beforeAll(async () => {
    corrected = await loadChecker();
  });

  test.each(proofs)("$of: needed to judge an exchange that is $is", async ({ of, is, request, given }) => {
    const isRight = (check: CheckExchange) => {
      const verdict = check(request, given);
      return verdict.request.length + verdict.answer.length === 0;
    };
    expect(isRight(corrected)).toBe(is === "right");
    expect(isRight(await loadChecker(without(of)))).toBe(is !== "right");
  });

  test.each(["examples of lists", "placeholder of a field"])(
    "%s: needed for the description's own examples",
    async (name) => {
      expect(await wrongExamples(corrections)).toEqual([]);
      expect(await wrongExamples(without(name))).toEqual(["web"]);
    },
  );

  test("required inside a property: needed for a valid OpenAPI document", async () => {
    expect(await validate(corrections)).toBe(undefined);
    expect(await validate(without("required inside a property"))).toMatch(/identities.email/);
  });

  test("each is needed", () => {
    const proven = [...proofs.map(({ of }) => of), "examples of lists", "placeholder of a field"];
    expect(new Set([...proven, "required inside a property"])).toEqual(
      new Set(corrections.map(({ name }) => name)),
    );
  });
});

async function validate(applied = corrections): Promise<string | undefined> {
  const api = new OpenAPIBackend({ definition: await loadDescription(applied) });
  await api.loadDocument();
  try {
    api.validateDefinition();
    return undefined;
  } catch (error) {
    return String(error);
  }
}

/** The types whose create is refused when its body is built from the description's own examples. */
async function wrongExamples(applied: typeof corrections): Promise<string[]> {
  const check = await loadChecker(applied);
  const description = await loadDescription(applied);
  if (!isNode(description)) throw new Error("The description is not an object.");
  const types = nodesIn(nodeAt(description, "components", "schemas", "integrationOfType").oneOf);
  expect(types).toHaveLength(16);
  return types
    .map((type) => exampleOf(description, resolve(description, type)))
    .filter(
      (body) => check(ask("POST", `${appPath}/integrations`, body), refuse(400, "bad_request")).request[0],
    )
    .map(({ type }) => String(type));
}

/** Builds an object from the examples of a schema's properties, as a client would send it. */
function exampleOf(description: Node, schema: Node): Node {
  const parts = [schema, ...nodesIn(schema.allOf)].map((part) => resolve(description, part));
  const properties: Node = Object.assign({}, ...parts.map((part) => part.properties));
  const examples = Object.entries(properties).map(([name, given]) => {
    const property = isNode(given) ? resolve(description, given) : {};
    return [name, property.readOnly === true ? undefined : exampleOfValue(description, property)];
  });
  return Object.fromEntries(examples.filter(([, example]) => example !== undefined));
}

function exampleOfValue(description: Node, schema: Node): unknown {
  if (schema.example !== undefined) return schema.example;
  if (Array.isArray(schema.enum)) return schema.enum[0];
  if (isNode(schema.items)) return [exampleOf(description, resolve(description, schema.items))];
  return isNode(schema.properties) || Array.isArray(schema.allOf)
    ? exampleOf(description, schema)
    : undefined;
}
