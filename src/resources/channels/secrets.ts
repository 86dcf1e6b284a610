import { type ChannelField, channels } from "../../smooch/channels";

const fields = Object.values(channels).flatMap((channel): [string, ChannelField][] =>
  Object.entries(channel.fields),
);

/** The arguments that are credentials, of all channels. */
export const secretChannelFields: readonly string[] = [
  ...new Set(fields.filter(([, { secret }]) => secret).map(([name]) => name)),
  "secretFields",
];
