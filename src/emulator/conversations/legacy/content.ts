import { z } from "zod";
import type { Context } from "../../context";
import { badRequest, unknownRequest } from "../../errors";
import { httpUrl, metadata, text } from "../../fields";
import { parseBody } from "../../input";
import type { NewMessage } from "../../model";
import type { Incoming } from "../../route";
import { parseSupported } from "../../supported";
import { legacyItemAction, messageAction } from "../actions";
import { type Content, complete, type NewContent, writeParts } from "../content";

const author = {
  role: z.enum(["appUser", "appMaker"], { error: "must be appUser or appMaker" }),
  name: z.string().optional(),
  email: z.string().optional(),
  avatarUrl: z.string().optional(),
  metadata: metadata.nullish(),
};

const common = { payload: z.string().optional() };
const mediaShape = {
  ...common,
  mediaUrl: httpUrl,
  mediaType: z.string().optional(),
  text: z.string().optional(),
};
const actions = z.array(messageAction).optional();

const item = z.strictObject({
  title: text,
  description: z.string().optional(),
  mediaUrl: httpUrl.optional(),
  mediaType: z.string().optional(),
  size: z.enum(["compact", "large"]).optional(),
  actions: z
    .array(legacyItemAction)
    .min(1, { error: "must contain at least one action" })
    .max(3, { error: "must not contain more than 3 actions" }),
});
const items = z
  .array(item)
  .min(1, { error: "must contain at least one item" })
  .max(10, { error: "must not contain more than 10 items" });

const option = z.strictObject({ name: text, label: text });
const field = z.strictObject({
  type: z.enum(["email", "select", "text"], { error: "must be email, select or text" }),
  name: text,
  label: text,
  placeholder: z.string().optional(),
  minSize: z.int().min(1).optional(),
  maxSize: z.int().min(1).optional(),
  options: z.array(option).max(20, { error: "must not contain more than 20 options" }).optional(),
});

const shapes = {
  text: { ...common, text: text.optional(), actions },
  image: { ...mediaShape, actions },
  file: mediaShape,
  location: { ...common, coordinates: z.strictObject({ lat: z.number(), long: z.number() }) },
  carousel: {
    ...common,
    items,
    displaySettings: z
      .strictObject({ imageAspectRatio: z.enum(["horizontal", "square"]).optional() })
      .optional(),
  },
  list: { ...common, items, actions: z.array(legacyItemAction).optional() },
  // Forms came after v1.
  form: {
    ...common,
    blockChatInput: z.boolean().optional(),
    fields: z.array(field).min(1, { error: "must contain at least one field" }),
  },
} as const;

/** A new message: in v1 and v1.1, its content is beside its author. */
export function parseMessage({ identifiers }: Context, request: Incoming): NewMessage {
  const anyWire = z.looseObject({ ...author, type: z.string().default("text") });
  const given = parseBody(anyWire, request);
  const { type } = given;
  if (!isType(type) || (type === "form" && request.apiVersion === "v1")) {
    throw unknownRequest(`It does not support messages of the type \`${type}\` here.`);
  }
  const shape = { ...author, type: z.literal(type).default(type), ...shapes[type] };
  const schema: z.ZodType<z.infer<z.ZodObject<typeof author>> & NewContent> = z.strictObject(shape);
  const { role, name, email, avatarUrl, metadata, ...content } = parseSupported(schema, request);
  if (type === "text" && content.text === undefined && content.actions === undefined) {
    throw badRequest("text: must not be empty, unless the message has actions");
  }
  requireAllowedActions(role, content);
  return {
    author: role === "appUser" ? "user" : "business",
    content: complete(identifiers, content),
    name,
    email,
    avatarUrl,
    metadata,
  };
}

/** As v1 and v1.1 write it: beside the message's other fields, with ids named `_id`. */
export function writeContent(content: Content): object {
  return writeParts(content, withLegacyId);
}

export function withLegacyId<T extends { readonly id: string }>({ id, ...rest }: T) {
  return { _id: id, ...rest };
}

function isType(type: string): type is keyof typeof shapes {
  return Object.hasOwn(shapes, type);
}

/** The reference of 2017: https://github.com/curiouslychris/smooch-docs, "Message Actions". */
function requireAllowedActions(role: string, { actions = [] }: NewContent): void {
  if (role === "appUser" && actions.length > 0) {
    throw badRequest("actions: only a message with the role appMaker can have actions");
  }
  const isAnswer = ({ type }: { type: string }) => type === "reply" || type === "locationRequest";
  if (actions.some(isAnswer) && !actions.every(isAnswer)) {
    throw badRequest("actions: reply and locationRequest cannot be combined with other actions");
  }
}
