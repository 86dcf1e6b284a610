import { type ApiVersion, apiVersions } from "../../smooch/api-version";
import {
  type Channel,
  type ChannelField,
  channelFields,
  channelOf,
  channels,
  commonFields,
} from "../../smooch/channels";
import { needs } from "../check";
import type { CheckFailure, Properties, Validation, ValidationContext } from "../kind";
import { unknownValue, withoutBlank } from "../values";

const table: Readonly<Record<string, Channel>> = channels;
const common: Readonly<Record<string, ChannelField>> = commonFields;

/** The fields of an integration type, in any API version. */
function fieldsOf(channel: Channel): Readonly<Record<string, ChannelField>> {
  const shared = Object.entries(common).filter(([name]) => !channel.without?.includes(name));
  return { ...Object.fromEntries(shared), ...channel.fields };
}

/** The fields whose change replaces the integration. None for an unknown type: any change can be tried. */
export function replacedFields(type: unknown, version: ApiVersion): string[] {
  return Object.entries(channelOf(type)?.fields ?? {})
    .filter(([, { changes = [] }]) => !changes.includes(version))
    .map(([name]) => name);
}

/** The values of channel fields that were never set. */
const defaultFields: Readonly<Record<string, unknown>> = {
  brandColor: "65758e",
  conversationColor: "0099ff",
  actionColor: "0099ff",
  displayStyle: "button",
  buttonWidth: "58",
  buttonHeight: "58",
  fixedIntroPane: false,
  showAIDisclaimer: true,
  canUserSeeConversationList: true,
  storyRepliesEnabled: true,
  storyMentionsEnabled: true,
  hsmFallbackLanguage: "en_US",
};

/** The arguments that declare an existing integration, without credentials and default values. */
export function declareChannel(integration: { type: string } & Properties, version: ApiVersion): Properties {
  const { type } = integration;
  const set = Object.entries(fieldsIn(type, version)).filter(
    ([name, { secret }]) => !secret && integration[name] !== defaultFields[name],
  );
  return { type, ...withoutBlank(Object.fromEntries(set.map(([name]) => [name, integration[name]]))) };
}

/**
 * The credentials to ask the user for: those required to create an integration of this type or, if there are
 * alternatives, all of them.
 */
export function credentialsOf(type: string, version: ApiVersion): string[] {
  const secrets = Object.entries(fieldsIn(type, version)).filter(([, { secret }]) => secret);
  const required = secrets.filter(([, field]) => field.required?.includes(version));
  return (required.length > 0 ? required : secrets).map(([name]) => name);
}

/** For an unknown type, the common fields. */
function fieldsIn(type: string, version: ApiVersion): Readonly<Record<string, ChannelField>> {
  const channel = channelOf(type);
  const fields = channel === undefined ? common : fieldsOf(channel);
  return Object.fromEntries(Object.entries(fields).filter(([, one]) => one.in?.includes(version) ?? true));
}

/** Validates an integration's inputs against its type and the API version. */
export function validateChannel(inputs: Properties, { version, isNew }: ValidationContext): Validation {
  const { type } = inputs;
  if (typeof type !== "string" || type === unknownValue) return {};
  const channel = channelOf(type);
  if (channel === undefined) return { failures: strangerFailures(type, inputs) };
  if (!channel.in.includes(version)) return { failures: [fail("type", `"${type}" ${only(channel.in)}`)] };
  const given = Object.keys(inputs).filter((name) => channelFields.has(name));
  const fields = fieldsOf(channel);
  return {
    failures: [
      ...given.flatMap((name) => fieldFailures(type, name, fields[name], version)),
      // An existing integration already has what it needs.
      ...Object.entries(fields).flatMap(([name, { required = [] }]) =>
        isNew && inputs[name] === undefined && required.includes(version)
          ? [fail(name, `is required for ${type}`)]
          : [],
      ),
      ...(isNew ? choiceFailures(type, channel, inputs, version) : []),
      ...ruleFailures(channel, inputs, version, isNew),
    ],
  };
}

function fieldFailures(
  type: string,
  name: string,
  field: ChannelField | undefined,
  version: ApiVersion,
): CheckFailure[] {
  if (field === undefined) {
    const owners = Object.keys(table).filter((other) => table[other]?.fields[name] !== undefined);
    const whose = owners.length > 0 ? ` (it belongs to ${owners.join(", ")})` : "";
    return [fail(name, `is not a ${type} field${whose}`)];
  }
  return field.in === undefined || field.in.includes(version) ? [] : [fail(name, only(field.in))];
}

function choiceFailures(
  type: string,
  { choice }: Channel,
  inputs: Properties,
  version: ApiVersion,
): CheckFailure[] {
  if (!choice?.in.includes(version)) return [];
  const count = choice.of.filter((name) => inputs[name] !== undefined).length;
  return count === 1 ? [] : [fail("", `${type} needs exactly one of ${choice.of.join(" and ")}`)];
}

function ruleFailures(
  { rule }: Channel,
  inputs: Properties,
  version: ApiVersion,
  isNew: boolean,
): CheckFailure[] {
  if (!rule?.in.includes(version)) return [];
  const values = rule.reads.map((name) => inputs[name]);
  if (values.includes(unknownValue)) return [];
  // An existing integration may have a value for a field that the program does not declare.
  if (!isNew && values.includes(undefined)) return [];
  return rule.isMet(inputs) ? [] : [fail(rule.property, rule.reason)];
}

function strangerFailures(type: string, inputs: Properties): CheckFailure[] {
  const known = Object.entries(table).find(([, { legacyType }]) => legacyType === type);
  if (known !== undefined)
    return [fail("type", `"${type}" is called "${known[0]}" here, in all API versions`)];
  const isUntyped = inputs.fields !== undefined || inputs.secretFields !== undefined;
  const named = Object.keys(inputs).filter((name) => channelFields.has(name) && common[name] === undefined);
  if (isUntyped && named.length === 0) return [];
  const names = Object.keys(table).join(", ");
  return [
    fail(
      "type",
      `is not a channel that this package knows (${names}): pass its fields in fields and secretFields`,
    ),
  ];
}

/** Says in which API versions something exists. */
function only(versions: readonly ApiVersion[]): string {
  const [first = "v2"] = versions;
  const isLatest = versions.at(-1) === apiVersions.at(-1);
  return isLatest ? needs(first) : `exists in apiVersion ${versions.join(" and ")} only`;
}

function fail(property: string, reason: string): CheckFailure {
  return { property, reason };
}
