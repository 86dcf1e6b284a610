import { useState } from "preact/hooks";
import type { ChatConversation, ChatUser, NewChatUser } from "../../emulator/console/contract";
import { path, post } from "../api";
import { Problem, submitting, useAction } from "../parts/problem";
import { navigate } from "../route";

const none = { givenName: "", surname: "", externalId: "" };
type Name = keyof typeof none;
const fields: readonly { name: Name; label: string }[] = [
  { name: "givenName", label: "Given name" },
  { name: "surname", label: "Surname" },
  { name: "externalId", label: "External id" },
];

/** Creates a user and opens a conversation of theirs. */
export function NewUser({ appId, isOpen }: { appId: string; isOpen: boolean }) {
  const [values, setValues] = useState(none);
  const { isBusy, problem, run } = useAction();
  const create = () =>
    run(async () => {
      const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ""));
      const user = await post<ChatUser>(path("apps", appId, "users"), given satisfies NewChatUser);
      const [conversation = await startConversation(appId, user.id)] = user.conversations;
      setValues(none);
      navigate("chat", appId, conversation.id);
    });
  return (
    <details class="new-user" open={isOpen}>
      <summary>New user</summary>
      <form onSubmit={submitting(create)}>
        {fields.map(({ name, label }) => (
          <label key={name}>
            {label}
            <input
              autocomplete="off"
              value={values[name]}
              onInput={({ currentTarget }) => setValues({ ...values, [name]: currentTarget.value })}
            />
          </label>
        ))}
        <p class="quiet">All fields are optional.</p>
        <button type="submit" class="main" disabled={isBusy}>
          Create user
        </button>
        <Problem>{problem}</Problem>
      </form>
    </details>
  );
}

export const startConversation = (appId: string, userId: string) =>
  post<ChatConversation>(path("apps", appId, "users", userId, "conversations"), {});
