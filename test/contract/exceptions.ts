import { isNode, type Node, nodeAt, nodesIn, refName, resolve, schemaRef } from "./tree";

/** What the description does not list and is right all the same. */
export interface Exception {
  readonly name: string;
  readonly reason: string;
  readonly statuses: readonly number[];
}

/** An answer with one of these, wherever it is not listed, has to be an error like the listed ones. */
export const exceptions: readonly Exception[] = [
  {
    name: "refusals of every operation",
    reason:
      "v2's reference: a bad request or a limit (400), a bad credential (401), a scope that is not enough (403) and a " +
      "missing parent (404) are possible everywhere; the description lists them here and there.",
    statuses: [400, 401, 403, 404],
  },
  {
    name: "states of the service",
    reason:
      "v2's reference: concurrent changes, sizes, rates and faults are in the description's prose and in no operation.",
    statuses: [409, 413, 429, 500, 502, 503, 504],
  },
];

/** The codes that v2's reference names; of other statuses none is documented. */
export const errorCodes: Readonly<Record<number, readonly string[]>> = {
  400: ["bad_request", "too_many_switchboard_integrations"],
  401: ["unauthorized"],
  402: ["payment_required"],
  403: ["forbidden"],
  404: [
    "app_not_found",
    "integration_not_found",
    "switchboard_not_found",
    "switchboard_integration_not_found",
    "user_not_found",
    "conversation_not_found",
    "not_found",
  ],
  409: ["conflict"],
};

/** Lists the exceptions' statuses in every operation that does not list them itself. */
export function allowExceptions(description: Node): void {
  const error = {
    description: "not listed by the description",
    content: { "application/json": { schema: schemaRef("errorResponse") } },
  };
  const statuses = exceptions.flatMap((exception) => exception.statuses);
  for (const path of nodesIn(Object.values(nodeAt(description, "paths")))) {
    for (const { responses } of nodesIn(Object.values(path))) {
      if (!isNode(responses)) continue;
      for (const status of statuses) responses[status] ??= structuredClone(error);
    }
  }
}

/** How the pseudo-operation is called that has the body of an update of one type. */
export const updateOf = (type: string) => `UpdateIntegration.${type}`;

/**
 * An update's body does not say what type it is for; the answer does. So for each type there is an operation of its
 * own, at a path that no request has.
 */
export function splitUpdates(description: Node): void {
  const schemas = nodeAt(description, "components", "schemas");
  const paths = nodeAt(description, "paths");
  for (const part of nodesIn(nodeAt(schemas, "integrationUpdate").anyOf)) {
    const name = refName(part) ?? "";
    const type = Object.keys(schemas).find((key) => `${key}update` === name.toLowerCase());
    if (type === undefined) throw new Error(`No type of integration is updated by ${name}.`);
    const content = { "application/json": { schema: structuredClone(resolve(description, part)) } };
    paths[`/updates/${type}`] = {
      patch: {
        operationId: updateOf(type),
        requestBody: { required: true, content },
        responses: { 200: { description: "see UpdateIntegration" } },
      },
    };
  }
}
