import { useState } from "preact/hooks";
import type { ChatConversation, ChatUser, ChatUsers } from "../../emulator/console/contract";
import { get, path } from "../api";
import { useLive } from "../live";
import { Problem, useAction } from "../parts/problem";
import { Search } from "../parts/search";
import { Text, Time, visible } from "../parts/text";
import { address, navigate } from "../route";
import { NewUser, startConversation } from "./new-user";

/** The users of an app with their conversations. */
export function Users({ appId, conversationId }: { appId: string; conversationId: string | undefined }) {
  const [search, setSearch] = useState("");
  const { data, problem } = useLive(["conversations", "objects"], search, async () => {
    const found = await get<ChatUsers>(path("apps", appId, "users"), { search });
    return { ...found, isAll: search === "" };
  });
  const isEmpty = data?.users.length === 0;
  const { isBusy, problem: refusal, run } = useAction();
  const start = (user: ChatUser) =>
    run(async () => {
      const started = await startConversation(appId, user.id);
      navigate("chat", appId, started.id);
    });
  return (
    <>
      <NewUser appId={appId} isOpen={isEmpty && data.isAll} />
      <Search label="Search users" value={search} onInput={setSearch} />
      <Problem>{problem ?? refusal}</Problem>
      {isEmpty && <p class="quiet">{data.isAll ? "No users yet. Create one above." : "No user matches."}</p>}
      <ul class="users">
        {data?.users.map((user) => (
          <li key={user.id}>
            <p class="user">
              <span>
                <b>
                  <Text>{user.name}</Text>
                </b>{" "}
                {user.externalId !== user.name && (
                  <span class="quiet">
                    <Text>{user.externalId ?? user.id}</Text>
                  </span>
                )}
              </span>
              <button
                type="button"
                class="small"
                disabled={isBusy}
                aria-label={`New conversation of ${visible(user.name)}`}
                onClick={() => void start(user)}
              >
                New conversation
              </button>
            </p>
            <ul class="rows">
              {user.conversations.map((conversation) => (
                <ConversationRow
                  key={conversation.id}
                  conversation={conversation}
                  href={address("chat", appId, conversation.id)}
                  isCurrent={conversation.id === conversationId}
                />
              ))}
            </ul>
          </li>
        ))}
      </ul>
      {data?.hasMore && <p class="quiet">There are more users: search for them.</p>}
    </>
  );
}

function ConversationRow({
  conversation: { id, name, isDefault, unread, lastMessageAt },
  href,
  isCurrent,
}: {
  conversation: ChatConversation;
  href: string;
  isCurrent: boolean;
}) {
  return (
    <li>
      <a href={href} data-row aria-current={isCurrent ? "true" : undefined}>
        <span class="name">
          {name === undefined ? (
            isDefault ? (
              "Conversation"
            ) : (
              <Text>{`Conversation ${id}`}</Text>
            )
          ) : (
            <Text>{name}</Text>
          )}
          {unread > 0 && <span class="badge">{unread} unread</span>}
        </span>
        <span class="quiet">{lastMessageAt === undefined ? "no messages" : <Time at={lastMessageAt} />}</span>
      </a>
    </li>
  );
}
