import { isNode, type Node, nodeAt, nodesIn, refName, resolve, schemaRef, walk } from "./tree";

/** An error in the official description, and its fix. */
export interface Correction {
  readonly name: string;
  readonly reason: string;
  apply(document: Node): void;
}

/** Each is necessary: description.test.ts shows what fails without it. */
export const corrections: readonly Correction[] = [
  {
    name: "nullable with allOf",
    reason:
      "`nullable` is only valid next to `type` (OpenAPI 3.0.3, Schema Object). Next to an `allOf` without a `type`, it " +
      "makes Ajv reject the schema. The intended meaning is the single schema in `allOf`, but nullable.",
    apply(document) {
      walk(document, (node) => {
        if (!("nullable" in node) || "type" in node || !("allOf" in node)) return;
        const { allOf, ...own } = node;
        delete node.allOf;
        // Alternatives without a type are all objects.
        Object.assign(
          node,
          { type: "object" },
          ...nodesIn(allOf).map((part) => resolve(document, part)),
          own,
        );
      });
    },
  },
  {
    name: "alternatives by type",
    reason:
      "Where `discriminator` is used with `oneOf`, a type's name is only the `default` of `type`, so an object of type " +
      "carousel is validated as text. Ajv also rejects the `mapping`.",
    apply(document) {
      walk(document, (node) => {
        if (!Array.isArray(node.oneOf) || !isNode(node.discriminator)) return;
        const { propertyName, mapping } = node.discriminator;
        delete node.discriminator;
        // Without a mapping, each schema is named after its type.
        const own = nodesIn(node.oneOf).map((part) => [refName(part) ?? "", part.$ref]);
        for (const [type, $ref] of isNode(mapping) ? Object.entries(mapping) : own) {
          const schema = resolve(document, { $ref });
          const parts = [schema, ...nodesIn(schema.allOf)].map(({ properties }) => properties);
          for (const properties of parts.filter(isNode)) {
            const property = properties[String(propertyName)];
            if (isNode(property)) property.enum = [type];
          }
        }
      });
    },
  },
  {
    name: "integration by type",
    reason:
      "The sixteen types are attached through a `discriminator` without `oneOf`, so their fields are not validated. " +
      "Here, too, a type's name is only a `default`.",
    apply(document) {
      const schemas = nodeAt(document, "components", "schemas");
      const base = nodeAt(schemas, "integration");
      const types = Object.keys(nodeAt(base, "discriminator", "mapping"));
      delete base.discriminator;
      for (const type of types) {
        const own = nodesIn(nodeAt(schemas, type).allOf).find((part) => isNode(part.properties));
        Object.assign(nodeAt(own ?? {}, "properties", "type"), { enum: [type] });
        Object.assign(own ?? {}, { required: ["type", ...nodesOrStrings(own?.required)] });
      }
      schemas.integrationOfType = {
        type: "object",
        oneOf: types.map(schemaRef),
        discriminator: { propertyName: "type" },
        required: ["type"],
      };
      for (const [place, key] of [
        [nodeAt(schemas, "integrationResponse", "properties"), "integration"],
        [nodeAt(schemas, "integrationListResponse", "properties", "integrations"), "items"],
        [content(document, "/v2/apps/{appId}/integrations", "post"), "schema"],
      ] as const) {
        place[key] = schemaRef("integrationOfType");
      }
    },
  },
  {
    name: "update of any type",
    reason:
      "It is `oneOf` sixteen schemas whose fields are all optional, so a body with only `displayName` matches all of them.",
    apply(document) {
      const update = nodeAt(document, "components", "schemas", "integrationUpdate");
      update.anyOf = update.oneOf;
      delete update.oneOf;
    },
  },
  {
    name: "page id is a string",
    reason:
      "messenger's `pageId` is declared as a number, but its example is a string, like all Facebook ids.",
    apply(document) {
      const pageId = ownProperty(document, "messenger", "pageId");
      delete pageId.type;
      pageId.anyOf = [{ type: "string" }, { type: "number" }];
    },
  },
  {
    name: "examples of lists",
    reason: "web's `originWhitelist` and `integrationOrder` are lists, but their examples are strings.",
    apply(document) {
      ownProperty(document, "web", "originWhitelist").example = ["https://yourdomain.com"];
      ownProperty(document, "web", "integrationOrder").example = ["59fc8466260f48003505228b"];
    },
  },
  {
    name: "placeholder of a field",
    reason:
      "The example of `prechatCapture` has fields with a `placeholder`, which a field's schema does not define.",
    apply(document) {
      const properties = nodeAt(document, "components", "schemas", "field", "properties");
      properties.placeholder ??= { type: "string" };
    },
  },
  {
    name: "required inside a property",
    reason:
      "`required: true` is valid on a parameter, not inside a schema, so the document is not valid OpenAPI.",
    apply(document) {
      const { schema } = nodeAt(document, "components", "parameters", "userFilterQuery");
      walk(schema, (node) => {
        if (node.required === true) delete node.required;
      });
    },
  },
  {
    name: "webhook secret is returned, not accepted",
    reason:
      "Only the service sets a webhook's secret. The create and update bodies omit it, but the inline webhook includes it.",
    apply(document) {
      nodeAt(document, "components", "schemas", "webhook", "properties", "secret").readOnly = true;
    },
  },
  {
    name: "metadata is flat",
    reason: "The prose allows only strings, numbers and booleans; the schema allows anything.",
    apply(document) {
      const metadata = nodeAt(document, "components", "schemas", "metadata");
      metadata.additionalProperties = { anyOf: ["string", "number", "boolean"].map((type) => ({ type })) };
    },
  },
  {
    name: "one cursor",
    reason: "According to their descriptions, `after` and `before` cannot be combined.",
    apply(document) {
      nodeAt(document, "components", "schemas", "page").not = { required: ["after", "before"] };
    },
  },
  {
    name: "one sender for twilio",
    reason:
      "According to their descriptions, a create needs either `phoneNumberSid` or `messagingServiceSid`.",
    apply(document) {
      const own = nodesIn(nodeAt(document, "components", "schemas", "twilio").allOf).find((part) =>
        isNode(part.properties),
      );
      Object.assign(own ?? {}, {
        oneOf: [{ required: ["phoneNumberSid"] }, { required: ["messagingServiceSid"] }],
      });
    },
  },
  {
    name: "default responder has an id",
    reason: "Responses of the service were observed to contain the id of the switchboard integration.",
    apply(document) {
      const schema = nodeAt(document, "components", "schemas", "defaultResponder", "properties");
      nodeAt(schema, "defaultResponder", "properties").id = { type: "string" };
    },
  },
  {
    name: "name of a switchboard integration",
    reason: "According to its description, it consists of letters, digits, `-` and `_`.",
    apply(document) {
      nodeAt(document, "components", "schemas", "name").pattern = "^[A-Za-z0-9_-]+$";
    },
  },
  {
    name: "one integration of a switchboard integration",
    reason:
      "According to their descriptions, a create needs either `integrationId` or `integrationType`, and an update cannot " +
      "have both.",
    apply(document) {
      const schemas = nodeAt(document, "components", "schemas");
      nodeAt(schemas, "switchboardIntegrationCreateBody").oneOf = [
        { required: ["integrationId"] },
        { required: ["integrationType"] },
      ];
      nodeAt(schemas, "switchboardIntegrationUpdateBody").not = {
        required: ["integrationId", "integrationType"],
      };
    },
  },
];

/** A property that is specific to one integration type. */
function ownProperty(document: Node, type: string, name: string): Node {
  const parts = nodesIn(nodeAt(document, "components", "schemas", type).allOf);
  const own = parts.find((part) => refName(part) === undefined);
  return nodeAt(own ?? {}, "properties", name);
}

function content(document: Node, path: string, method: string): Node {
  return nodeAt(document, "paths", path, method, "requestBody", "content", "application/json");
}

function nodesOrStrings(list: unknown): unknown[] {
  return Array.isArray(list) ? list : [];
}
