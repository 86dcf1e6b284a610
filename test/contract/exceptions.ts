import { isNode, type Node, nodeAt, nodesIn, refName, resolve, schemaRef } from "./tree";

/** Statuses that are valid although the description does not list them. */
export interface Exception {
  readonly name: string;
  readonly reason: string;
  readonly statuses: readonly number[];
}

/** A response with one of these statuses must be an error like the listed ones, even if it is not listed itself. */
export const exceptions: readonly Exception[] = [
  {
    name: "refusals of every operation",
    reason:
      "v2's reference: a bad request or an exceeded limit (400), bad credentials (401), an insufficient scope (403) and " +
      "a missing parent (404) can occur everywhere; the description lists them only for some operations.",
    statuses: [400, 401, 403, 404],
  },
  {
    name: "states of the service",
    reason:
      "v2's reference: conflicts, size limits, rate limits and server errors are in the description's prose, but in no operation.",
    statuses: [409, 413, 429, 500, 502, 503, 504],
  },
];

/** The error codes that v2's reference names; it documents none for other statuses. */
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

/** Adds the exceptions' statuses to every operation that does not list them itself. */
export function allowExceptions(description: Node): void {
  const error = {
    description: "not listed in the description",
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

/** The name of the pseudo-operation whose body is an update of one type. */
export const updateOf = (type: string) => `UpdateIntegration.${type}`;

/**
 * An update's body does not name its integration type; only the response does. So each type gets its own operation,
 * at a path that no request uses.
 */
export function splitUpdates(description: Node): void {
  const schemas = nodeAt(description, "components", "schemas");
  const paths = nodeAt(description, "paths");
  for (const part of nodesIn(nodeAt(schemas, "integrationUpdate").anyOf)) {
    const name = refName(part) ?? "";
    const type = Object.keys(schemas).find((key) => `${key}update` === name.toLowerCase());
    if (type === undefined) throw new Error(`No integration type matches the update schema ${name}.`);
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
