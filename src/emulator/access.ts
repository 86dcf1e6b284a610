import { getApp } from "./accounts";
import { authenticate } from "./auth";
import { forbidden } from "./errors";
import type { AccountKey, App } from "./model";
import type { Answer, Call, Route } from "./route";

export interface AccountCall extends Call {
  readonly accountKey: AccountKey;
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

/** For an app and its keys: account scope only, the app in the path. */
export const withAccountApp: Access = (answer) => (call) =>
  answer({ ...call, app: getApp(call.context, requireAccount(call), call.params("appId")) });

/** For operations open to app and account scope, with the app in the path. */
export const withApp: Access = (answer) => (call) => {
  const caller = authenticate(call.context, call.request);
  const appId = call.params("appId");
  if (caller.scope === "account") {
    return answer({ ...call, app: getApp(call.context, caller.key, appId) });
  }
  return answer({ ...call, app: requireOwn(caller.app, appId) });
};

/** For operations open to app scope only, with the app in the path: v2 webhooks. */
export const withAppOnly: Access = (answer) => (call) => {
  const caller = authenticate(call.context, call.request);
  if (caller.scope === "account") throw forbidden("This call needs credentials with the scope `app`.");
  return answer({ ...call, app: requireOwn(caller.app, call.params("appId")) });
};

/** For paths without an app: app scope only, because nothing else identifies the app. */
export const withImpliedApp: Access = (answer) => (call) => {
  const caller = authenticate(call.context, call.request);
  if (caller.scope === "account") {
    throw forbidden("With the scope `account`, the path must name the app: …/apps/{appId}/…");
  }
  return answer({ ...call, app: caller.app });
};

function requireAccount({ context, request }: Call): AccountKey {
  const caller = authenticate(context, request);
  if (caller.scope === "app") throw forbidden("This call needs credentials with the scope `account`.");
  return caller.key;
}

function requireOwn(app: App, appId: string): App {
  if (app.id !== appId) throw forbidden("This key belongs to a different app from the one in the path.");
  return app;
}
