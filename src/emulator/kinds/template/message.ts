import { z } from "zod";
import { httpUrl, text } from "../../fields";

// Messages have more fields than these; all are kept. Only what a message needs is checked.
const action = z
  .looseObject({
    type: text,
    text,
    payload: z.string().optional(),
    uri: z.string().optional(),
  })
  .superRefine(({ type, payload, uri }, context) => {
    if (["postback", "reply"].includes(type) && !payload) refuseEmpty("payload", context);
    if (type === "link" && !uri) refuseEmpty("uri", context);
  });

const tooFewOrMany = { error: "must contain 1 to 3 actions" };
const item = z.looseObject({
  title: text,
  actions: z.array(action).min(1, tooFewOrMany).max(3, tooFewOrMany),
});

const common = {
  role: z.enum(["appMaker", "appUser"], { error: "must be appMaker or appUser" }),
  actions: z.array(action).optional(),
};
const media = { ...common, mediaUrl: httpUrl, mediaType: text };
const listed = { ...common, items: z.array(item).min(1, { error: "must contain at least one item" }) };

/** The message of a template, as clients send it. */
export const message: z.ZodType<Message> = z.discriminatedUnion(
  "type",
  [
    z.looseObject({ ...common, type: z.literal("text"), text }),
    z.looseObject({ ...media, type: z.literal("image") }),
    z.looseObject({ ...media, type: z.literal("file") }),
    z.looseObject({ ...listed, type: z.literal("carousel") }),
    z.looseObject({ ...listed, type: z.literal("list") }),
    z.looseObject({
      ...common,
      type: z.literal("location"),
      coordinates: z.looseObject({ lat: z.number(), long: z.number() }),
    }),
  ],
  { error: "must be text, image, file, carousel, list or location" },
);

type Fields = Readonly<Record<string, unknown>>;
type Action = Fields & { readonly type: string };
type Actions = { readonly actions?: readonly Action[] | undefined };

interface Message extends Fields, Actions {
  readonly mediaUrl?: string | undefined;
  readonly items?: readonly (Fields & Actions)[] | undefined;
}

/** The message as the server returns it. */
export function normalize(message: Message): Fields {
  const { mediaUrl, items } = message;
  return {
    ...withUris(message),
    ...(items && { items: items.map(withUris) }),
    // The real server measures the media; the emulator does not fetch them.
    ...(mediaUrl !== undefined && { mediaSize: mediaUrl.length }),
  };
}

function withUris<Holder extends Fields & Actions>(holder: Holder): Fields {
  const { actions } = holder;
  if (actions === undefined) return holder;
  return {
    ...holder,
    actions: actions.map((action) =>
      ["postback", "reply"].includes(action.type) ? { uri: "", ...action } : action,
    ),
  };
}

function refuseEmpty(field: string, context: z.core.$RefinementCtx): void {
  context.addIssue({ code: "custom", path: [field], message: "must not be empty" });
}
