import { Text, visible } from "../parts/text";
import type { Act } from "./act";
import { items, number, type Properties, text } from "./content";
import { Link } from "./media";

export interface MessageAction {
  readonly id: string | undefined;
  readonly type: string;
  readonly text: string;
  readonly properties: Properties;
}

export function actionsOf(content: Properties): readonly MessageAction[] {
  return items(content.actions).map((properties) => {
    const type = text(properties.type) ?? "action";
    return {
      id: text(properties.id) ?? text(properties._id),
      type,
      text: text(properties.text) ?? type,
      properties,
    };
  });
}

/** The actions of a message or an item, except replies, which are shown below the conversation. */
export function Actions({
  actions,
  messageId,
  act,
}: {
  actions: readonly MessageAction[];
  messageId: string;
  act: Act;
}) {
  const own = actions.filter(({ type }) => type !== "reply" && type !== "locationRequest");
  if (own.length === 0) return null;
  return (
    <ul class="actions">
      {own.map((action, index) => (
        <li key={action.id ?? index}>
          <Action action={action} messageId={messageId} act={act} />
        </li>
      ))}
    </ul>
  );
}

function Action({ action, messageId, act }: { action: MessageAction; messageId: string; act: Act }) {
  const { id, type, properties } = action;
  switch (type) {
    case "postback":
      return (
        <button
          type="button"
          disabled={id === undefined}
          onClick={() => id !== undefined && void act({ type: "postback", messageId, actionId: id })}
        >
          <Text>{action.text}</Text>
        </button>
      );
    case "link":
    case "webview":
    case "buy":
      return (
        <>
          <Link url={text(properties.uri) ?? text(properties.fallback)}>{action.text}</Link>
          {type === "buy" && <span class="quiet"> {visible(price(properties))}</span>}
        </>
      );
    default:
      return (
        <>
          <Text>{action.text}</Text> <span class="quiet">({type})</span>
        </>
      );
  }
}

/** The amount is in the currency's smallest unit. */
function price({ amount, currency }: Properties): string {
  return `${((number(amount) ?? 0) / 100).toFixed(2)} ${text(currency)?.toUpperCase() ?? "USD"}`;
}
