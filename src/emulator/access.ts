import { getAccount, getApp, isServiceKey } from "./accounts";
import { authenticate } from "./auth";
import type { Caller } from "./caller";
import { type ApiError, forbidden } from "./errors";
import type { Account, AccountKey, App } from "./model";
import type { Answer, Call, Route } from "./route";
import type { Scope } from "./tokens";

export interface AccountCall extends Call {
  readonly accountKey: AccountKey;
}

export interface UserAccountCall extends Call {
  readonly account: Account;
}

export interface AppCall extends Call {
  readonly app: App;
}

type AnswerTo<C extends Call> = (call: C) => Answer | Promise<Answer>;

/** Wraps an operation on an app: authenticates the caller and passes on the app the request refers to. */
export type Access = (answer: AnswerTo<AppCall>) => Route["answer"];

/** For operations on the account itself: account scope only. */
export function withAccount(answer: AnswerTo<AccountCall>): Route["answer"] {
  return (call) => answer({ ...call, accountKey: requireAccount(call) });
}

/** For service accounts: account scope only, and not with the key of a service account. */
export function withUserAccount(answer: AnswerTo<UserAccountCall>): Route["answer"] {
  return (call) => {
    const key = requireAccount(call);
    if (isServiceKey(key.id)) {
      throw forbidden(
        "This call needs an account key (`act_…`): service accounts cannot manage service accounts.",
      );
    }
    return answer({ ...call, account: getAccount(call.context, key) });
  };
}

/** For an app and its keys: account scope only, the app in the path. */
export const withAccountApp: Access = (answer) => (call) =>
  answer({ ...call, app: getApp(call.context, requireAccount(call), call.params("appId")) });

/** For operations open to app and account scope, with the app in the path. */
export const withApp: Access = (answer) => (call) => {
  const caller = authenticate(call.context, call.request);
  if (caller.scope === "integration") throw needsScope("app");
  return answer({ ...call, app: findApp(call, caller) });
};

/** For users and conversations in v2: every scope, with the app in the path. */
export const withAnyScope: Access = (answer) => (call) =>
  answer({ ...call, app: findApp(call, authenticate(call.context, call.request)) });

/** For v2 webhooks: app scope, or the scope of the integration in the path, which may call itself `me`. */
export const withAppOrItself: Access = (answer) => (call) => {
  const caller = authenticate(call.context, call.request);
  if (caller.scope === "account") throw needsScope("app");
  const app = findApp(call, caller);
  if (caller.scope === "app") return answer({ ...call, app });
  const { integrationId } = caller;
  if (!["me", integrationId].includes(call.params("integrationId"))) {
    throw forbidden("This key belongs to a different integration from the one in the path.");
  }
  const params = (name: string) => (name === "integrationId" ? integrationId : call.params(name));
  return answer({ ...call, app, params });
};

/** For paths without an app: app scope only, because nothing else identifies the app. */
const withImpliedApp: Access = (answer) => (call) => {
  const caller = authenticate(call.context, call.request);
  if (caller.scope === "account") {
    throw forbidden("With the scope `account`, the path must name the app: …/apps/{appId}/…");
  }
  if (caller.scope === "integration") throw needsScope("app");
  return answer({ ...call, app: caller.app });
};

/**
 * Routes of v1 and v1.1 to what is in an app. The vendor's clients leave the app out of the path, with an app's token:
 * docs/api/legacy.md#hosts-and-credentials.
 */
export function withAndWithoutApp(
  apiVersion: "v1" | "v1.1",
  path: string,
  routesUnder: (path: string, allow: Access) => Route[],
): Route[] {
  return [
    ...routesUnder(`/${apiVersion}/apps/{appId}${path}`, withApp),
    ...routesUnder(`/${apiVersion}${path}`, withImpliedApp),
  ];
}

function requireAccount({ context, request }: Call): AccountKey {
  const caller = authenticate(context, request);
  if (caller.scope !== "account") throw needsScope("account");
  return caller.key;
}

function findApp({ context, params }: Call, caller: Caller): App {
  const appId = params("appId");
  if (caller.scope === "account") return getApp(context, caller.key, appId);
  if (caller.app.id === appId) return caller.app;
  throw forbidden("This key belongs to a different app from the one in the path.");
}

function needsScope(scope: Scope): ApiError {
  return forbidden(`This call needs credentials with the scope \`${scope}\`.`);
}
