import type { Overview, OwnerSummary } from "../../emulator/console/contract";
import { Owners } from "../objects/owners";
import { Text } from "../parts/text";
import { address } from "../route";
import { ConversationPane } from "./conversation";
import { Users } from "./users";

/** The developer plays the user of an app; the bot answers through the API. */
export function ChatView({
  overview,
  appId,
  conversationId,
}: {
  overview: Overview;
  appId: string | undefined;
  conversationId: string | undefined;
}) {
  if (appId === undefined) {
    return (
      <div class="split" data-open={false}>
        <Owners overview={overview} ownerId={undefined} linkTo={chatAddress} hasAccounts={false} />
        <section class="details" aria-label="Conversation">
          <p class="quiet hint">Choose the app whose user you want to be.</p>
        </section>
      </div>
    );
  }
  const app = overview.apps.find(({ id }) => id === appId);
  return (
    <div class="split" data-open={conversationId !== undefined}>
      <section class="side" aria-label="Users">
        <h2>
          <Text>{app?.name ?? appId}</Text> <a href={address("chat")}>Other apps</a>
        </h2>
        <Users key={appId} appId={appId} conversationId={conversationId} />
      </section>
      <section class="details" aria-label="Conversation">
        {conversationId === undefined ? (
          <p class="quiet hint">Choose a conversation, or create a user and start one.</p>
        ) : (
          <ConversationPane key={conversationId} appId={appId} conversationId={conversationId} />
        )}
      </section>
    </div>
  );
}

const chatAddress = ({ id }: OwnerSummary) => address("chat", id);
