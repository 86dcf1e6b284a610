import { z } from "zod";

// Only what an excerpt needs of a webhook's payload. Messages and postbacks are alone in theirs.
const v2Wire = z.object({
  events: z.tuple([
    z.object({
      payload: z.object({
        message: z
          .object({
            author: z.object({ type: z.string(), displayName: z.string().optional() }),
            content: z.object({ type: z.string(), text: z.string().optional() }),
          })
          .optional(),
        postback: z.object({ payload: z.string().optional() }).optional(),
      }),
    }),
  ]),
});
const legacyWire = z.object({
  messages: z
    .tuple([
      z.object({
        role: z.string(),
        name: z.string().optional(),
        type: z.string(),
        text: z.string().optional(),
      }),
    ])
    .optional(),
  postbacks: z
    .tuple([z.object({ action: z.object({ payload: z.string().optional(), text: z.string() }) })])
    .optional(),
});

/** Who wrote a message and its text, or what a postback carries; undefined for a payload of any other event. */
export function excerptOf(payload: string): string | undefined {
  const json: unknown = JSON.parse(payload);
  const v2 = v2Wire.safeParse(json).data?.events[0].payload;
  const legacy = legacyWire.safeParse(json).data;
  const [message] = legacy?.messages ?? [];
  const action = legacy?.postbacks?.[0].action;
  return (
    (v2?.message && write(v2.message.author.displayName ?? v2.message.author.type, v2.message.content)) ??
    (message && write(message.name ?? message.role, message)) ??
    v2?.postback?.payload ??
    action?.payload ??
    action?.text
  );
}

function write(author: string, { type, text = "" }: { type: string; text?: string | undefined }): string {
  return `${author}: ${text || type}`;
}
