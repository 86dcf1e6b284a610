import { z } from "zod";
import type { Context } from "../../context";
import { badRequest } from "../../errors";
import { httpUrl, metadata, text } from "../../fields";
import { parseBody } from "../../input";
import type { Incoming } from "../../route";
import { parseSupported } from "../../supported";
import { itemAction, messageAction } from "../actions";
import { type Content, complete, type NewContent, writeParts } from "../content";

const upTo = (length: number) => text.max(length, { error: `must not be longer than ${length} characters` });
const listOf = <T extends z.ZodType>(item: T, max: number) =>
  z
    .array(item)
    .min(1, { error: "must not be empty" })
    .max(max, { error: `must not contain more than ${max}` });

const common = { blockChatInput: z.boolean().optional() };
const richText = { htmlText: upTo(4096).optional(), markdownText: upTo(4096).optional() };
const mediaUrl = httpUrl.max(2048);
const altText = upTo(128).optional();

const item = z.strictObject({
  title: upTo(128),
  description: z.string().max(128).optional(),
  mediaUrl: mediaUrl.optional(),
  mediaType: upTo(128).optional(),
  altText,
  size: z.enum(["compact", "large"]).optional(),
  actions: listOf(itemAction, 3),
  metadata: metadata.nullish(),
});

const named = { name: upTo(128), label: upTo(128) };
const haveOwnNames = (all: readonly { readonly name: string }[]) =>
  new Set(all.map(({ name }) => name)).size === all.length;
const sameName = { error: "must not have the same name twice" };
const size = z.int().min(1).max(256).optional();
const field = z.strictObject({
  ...named,
  type: z.enum(["email", "select", "text"], { error: "must be email, select or text" }),
  placeholder: upTo(128).optional(),
  minSize: size,
  maxSize: size,
  format: z.enum(["integer", "decimal"]).optional(),
  options: z.array(z.strictObject(named)).max(200).refine(haveOwnNames, sameName).optional(),
  // What a form that is already filled in says.
  text: upTo(256).optional(),
  email: upTo(128).optional(),
  select: z.array(z.strictObject(named)).optional(),
});

const shapes = {
  text: {
    ...common,
    ...richText,
    text: upTo(4096).optional(),
    actions: z.array(messageAction).optional(),
    payload: z.string().optional(),
  },
  image: {
    ...common,
    ...richText,
    mediaUrl,
    altText,
    text: z.string().optional(),
    actions: z.array(messageAction).optional(),
  },
  file: { ...common, ...richText, mediaUrl, altText, text: z.string().optional() },
  location: {
    ...common,
    coordinates: z.strictObject({ lat: z.number(), long: z.number() }),
    location: z.strictObject({ address: z.string().optional(), name: z.string().optional() }).optional(),
  },
  carousel: {
    ...common,
    items: listOf(item, 10),
    displaySettings: z
      .strictObject({ imageAspectRatio: z.enum(["horizontal", "square"]).optional() })
      .optional(),
  },
  list: { ...common, items: listOf(item, 10), actions: listOf(itemAction, 10).optional() },
  form: { ...common, fields: listOf(field, 20).refine(haveOwnNames, sameName), text: z.string().optional() },
  template: { ...common, template: z.looseObject({}) },
} as const;

/** What the service itself sets: accepted and ignored, like all read-only fields. */
const readOnly: { readonly [Type in keyof typeof shapes]?: readonly string[] } = {
  image: ["mediaType", "mediaSize"],
  file: ["mediaType", "mediaSize"],
  location: ["text"],
  carousel: ["text"],
  form: ["submitted"],
};

const types = Object.keys(shapes);

/** The content of a new message. */
export function parseContent({ identifiers }: Context, request: Incoming): Content {
  const { content } = parseBody(z.object({ content: z.looseObject({ type: z.string() }) }), request);
  const { type } = content;
  if (type === "formResponse") throw badRequest("content.type: a formResponse cannot be sent via the API");
  if (!isType(type)) throw badRequest(`content.type: must be one of ${types.join(", ")}`);
  const schema: z.ZodType<NewContent> = z.strictObject({ ...shapes[type], type: z.literal(type) });
  const parsed = parseSupported(z.object({ content: schema }), request, readOnly[type]).content;
  requireSomeText(parsed);
  return complete(identifiers, parsed);
}

/** In v2, actions, items and fields have no ids. */
export function writeContent(content: Content): object {
  return writeParts(content, ({ id: _, ...rest }) => rest);
}

function isType(type: string): type is keyof typeof shapes {
  return Object.hasOwn(shapes, type);
}

function requireSomeText({ type, text, htmlText, markdownText, actions }: NewContent): void {
  if (htmlText !== undefined && markdownText !== undefined) {
    throw badRequest("content: htmlText and markdownText cannot be combined");
  }
  if (type !== "text" || (text ?? htmlText ?? markdownText ?? actions) !== undefined) return;
  throw badRequest("content: needs text, htmlText, markdownText or actions");
}
