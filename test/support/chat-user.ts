import { vi } from "vitest";
import type {
  ChatConversation,
  ChatMessage,
  ChatMessages,
  ChatUser as NewUser,
  UserAction,
} from "../../src/emulator/console/contract";
import { consoleToken } from "./console-token";

/** Plays a new user of an app, as a developer does in the console's chat. */
export class ChatUser {
  readonly #call: Call;
  readonly #messages: string;
  /** How many messages there were after the latest answer. */
  #seen = 0;
  /** Whether the business was seen typing. */
  sawTyping = false;

  private constructor(call: Call, conversationId: string) {
    this.#call = call;
    this.#messages = `conversations/${conversationId}/messages`;
  }

  static async enter(consoleUrl: string, appId: string, givenName: string): Promise<ChatUser> {
    const token = await consoleToken(consoleUrl);
    const call: Call = async (path, body) => {
      const url = `${consoleUrl}_emulator/console/apps/${appId}/${path}`;
      const headers = { "x-console-token": token, "content-type": "application/json" };
      const request = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
      const response = await fetch(url, { ...request, headers });
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      return response.json();
    };
    const { id } = (await call("users", { givenName })) as NewUser;
    const conversation = (await call(`users/${id}/conversations`, {})) as ChatConversation;
    return new ChatUser(call, conversation.id);
  }

  /** Writes a text, or picks a quick reply; returns the answer. */
  async say(text: string, payload?: string): Promise<ChatMessage> {
    return this.act({ type: "text", text, ...(payload !== undefined && { payload }) });
  }

  /** Does something, and returns the message that the business sends next. */
  async act(action: UserAction): Promise<ChatMessage> {
    await this.#call(this.#messages, action);
    return vi.waitFor(
      async () => {
        const { messages, isTyping } = (await this.#call(this.#messages)) as ChatMessages;
        this.sawTyping ||= isTyping;
        const answer = messages.slice(this.#seen).find(({ author }) => author === "business");
        if (answer === undefined) throw new Error("the business has not answered");
        this.#seen = messages.length;
        return answer;
      },
      { timeout: 20_000, interval: 50 },
    );
  }
}

/** Reads from the console's API, or posts a body. */
type Call = (path: string, body?: object) => Promise<unknown>;
