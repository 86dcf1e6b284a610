import type { Created } from "../fit";
import type { Call } from "../http";
import type { Page } from "./generation";
import { below, isConfirmation, type Reader, type Requester } from "./request";

/** Where objects of one kind stand in a generation, and how they are read. */
export interface Place<T> {
  request: Requester;
  /** In messages: `key`, and the id of the app that holds it. */
  noun: string;
  appId?: string;
  path: string;
  one: Reader<T>;
  created: Reader<Created<T>>;
  many: Reader<Page<T>>;
  updateVerb: "PUT" | "PATCH";
}

/** What can be said about something without repeating where it stands. */
export interface Written {
  body: object;
  sensitive?: readonly unknown[];
  asApp?: string;
}

/** The five calls that every kind of object has, in every generation. */
export function collection<T>({ request, noun, appId, path, one, created, many, updateVerb }: Place<T>) {
  const [of, within] = appId === undefined ? ["", ""] : [` of app ${appId}`, ` in app ${appId}`];
  const subject = (id: string) => `${noun} ${id}${of}`;
  return {
    /** No message names the new object by its inputs: any of them may be secret. */
    create: (written: Written): Call<Created<T>> =>
      request({
        operation: "create",
        resource: `${/^[aeiou]/.test(noun) ? "an" : "a"} ${noun}${within}`,
        method: "POST",
        path,
        answer: created,
        ...written,
      }),
    list: (query?: Call<T>["query"]): Call<Page<T>> =>
      request({
        operation: "list",
        resource: `${noun}s${of}`,
        method: "GET",
        path,
        answer: many,
        ...(query && { query }),
      }),
    get: (id: string): Call<T> =>
      request({
        operation: "read",
        resource: subject(id),
        method: "GET",
        path: below(path, id),
        answer: one,
      }),
    update: (id: string, written: Written): Call<T> =>
      request({
        operation: "update",
        resource: subject(id),
        method: updateVerb,
        path: below(path, id),
        answer: one,
        ...written,
      }),
    /** Gives whether the answer is the one that the API documents for it. */
    delete: (id: string): Call<boolean> => ({
      ...request({
        operation: "delete",
        resource: subject(id),
        method: "DELETE",
        path: below(path, id),
        answer: { parse: (body) => body },
      }),
      parse: isConfirmation,
    }),
  };
}
