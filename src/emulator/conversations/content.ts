import { z } from "zod";
import { flatObject, type Stored } from "../fields";
import type { Identifiers } from "../identifier";

/** The types of a message's content, by their names in v2. */
const contentTypes = [
  "text",
  "image",
  "file",
  "location",
  "carousel",
  "list",
  "form",
  "formResponse",
  "template",
] as const;

const actionTypes = ["buy", "link", "locationRequest", "postback", "reply", "share", "webview"] as const;

const optionalText = z.string().optional();
const named = z.object({ name: z.string(), label: z.string() });

const newAction = z.object({
  type: z.enum(actionTypes),
  text: optionalText,
  uri: optionalText,
  payload: optionalText,
  amount: z.number().optional(),
  currency: optionalText,
  default: z.boolean().optional(),
  iconUrl: optionalText,
  size: optionalText,
  fallback: optionalText,
  openOnReceive: z.boolean().optional(),
  metadata: flatObject.nullish(),
  extraChannelOptions: z.looseObject({}).optional(),
});
const newItem = z.object({
  title: z.string(),
  description: optionalText,
  mediaUrl: optionalText,
  mediaType: optionalText,
  altText: optionalText,
  size: optionalText,
  metadata: flatObject.nullish(),
});
const newField = z.object({
  type: z.enum(["email", "select", "text"]),
  name: z.string(),
  label: z.string(),
  placeholder: optionalText,
  minSize: z.number().optional(),
  maxSize: z.number().optional(),
  format: optionalText,
  options: z.array(named).optional(),
  text: optionalText,
  email: optionalText,
  select: z.array(named).optional(),
});
const plainContent = z.object({
  type: z.enum(contentTypes),
  text: optionalText,
  htmlText: optionalText,
  markdownText: optionalText,
  payload: optionalText,
  blockChatInput: z.boolean().optional(),
  mediaUrl: optionalText,
  mediaType: optionalText,
  mediaSize: z.number().optional(),
  altText: optionalText,
  coordinates: z.object({ lat: z.number(), long: z.number() }).optional(),
  location: z.object({ address: optionalText, name: optionalText }).optional(),
  displaySettings: z.object({ imageAspectRatio: optionalText }).optional(),
  submitted: z.boolean().optional(),
  textFallback: optionalText,
  template: z.looseObject({}).optional(),
});

const id = { id: z.string() };
const action = newAction.extend(id);

/** A message's content in saved state. */
export const savedContent = plainContent.extend({
  actions: z.array(action).optional(),
  items: z.array(newItem.extend({ ...id, actions: z.array(action) })).optional(),
  fields: z.array(newField.extend(id)).optional(),
});

/**
 * A message's content, independent of the API version: like v2's `content`, and actions, items and fields have the ids
 * that v1 and v1.1 return. Which properties it has depends on its type.
 */
export type Content = Stored<typeof savedContent>;
export type Action = Stored<typeof action>;
export type Field = NonNullable<Content["fields"]>[number];

/** A content that a caller sent: its actions, items and fields have no ids yet. */
export type NewContent = z.infer<typeof plainContent> & {
  readonly actions?: readonly NewAction[] | undefined;
  readonly items?:
    | readonly (z.infer<typeof newItem> & { readonly actions: readonly NewAction[] })[]
    | undefined;
  readonly fields?: readonly z.infer<typeof newField>[] | undefined;
};
type NewAction = z.infer<typeof newAction>;

/** The content as it is stored: with ids, and with the texts that the documentation says the service adds. */
export function complete(
  identifiers: Identifiers,
  { actions, items, fields, ...content }: NewContent,
): Content {
  const withId = <T extends object>(value: T) => ({ id: identifiers.objectId(), ...value });
  const { mediaUrl, mediaType = guessMediaType(mediaUrl), coordinates } = content;
  return {
    ...content,
    ...(mediaType !== undefined && { mediaType }),
    ...(coordinates && { text: describeLocation(coordinates) }),
    ...(actions && { actions: actions.map(withId) }),
    ...(items && {
      items: items.map((item) => {
        const type = item.mediaType ?? guessMediaType(item.mediaUrl);
        const withType = type === undefined ? item : { ...item, mediaType: type };
        return withId({ ...withType, actions: item.actions.map(withId) });
      }),
    }),
    ...(fields && { fields: fields.map(withId) }),
  };
}

/** The content as an API version writes it: `write` changes what has an id, which are its actions, items and fields. */
export function writeParts(
  { actions, items, fields, ...content }: Content,
  write: (part: { readonly id: string }) => object,
) {
  return {
    ...content,
    ...(actions && { actions: actions.map(write) }),
    ...(items && {
      items: items.map((item) => ({ ...write(item), actions: item.actions.map(write) })),
    }),
    ...(fields && { fields: fields.map(write) }),
  };
}

/** All actions of a message, those of its items included. */
export function actionsOf({ actions = [], items = [] }: Content): Action[] {
  return [...actions, ...items.flatMap((item) => item.actions)];
}

// The text that the v1 reference shows: https://github.com/curiouslychris/smooch-docs.
function describeLocation({ lat, long }: { lat: number; long: number }): string {
  return `Location shared:\nhttps://maps.google.com/maps?q=${lat},${long}`;
}

const mediaTypes: Readonly<Record<string, string>> = {
  gif: "image/gif",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  mp3: "audio/mpeg",
  mp4: "video/mp4",
  pdf: "application/pdf",
  png: "image/png",
  txt: "text/plain",
  webp: "image/webp",
};

/** The service resolves the URL; the emulator does not fetch it and goes by its extension. */
function guessMediaType(url: string | undefined): string | undefined {
  const extension = /\.(\w+)(?:[?#]|$)/.exec(url ?? "")?.[1];
  return extension === undefined ? undefined : mediaTypes[extension.toLowerCase()];
}
