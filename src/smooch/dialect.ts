import { z } from "zod";
import type { ApiVersion } from "./api-version";
import type { ApiError, Query } from "./call";
import { requireFit } from "./fit";

/** What all kinds of objects have in common in one API version. */
export interface Dialect {
  updateMethod: "PUT" | "PATCH";
  /** The only authentication that the API documents is a token. */
  tokenOnly: boolean;
  parseError(body: unknown): ApiError;
  pageQuery(from?: string): Query;
  /** Where the next page begins. `query` is the current page's query, `ids` are the ids on it. */
  nextPage(body: unknown, ids: readonly string[], query?: Query): string | undefined;
}

const pageSize = 100;

const legacyError = z.object({
  error: z.object({ code: z.string().optional(), description: z.string().optional() }),
});
const legacyPage = z.looseObject({ hasMore: z.boolean().nullish() });

const legacy = {
  updateMethod: "PUT",
  parseError(body) {
    const { code, description } = legacyError.safeParse(body).data?.error ?? {};
    return { ...(code !== undefined && { code }), ...(description !== undefined && { description }) };
  },
  pageQuery: (from = "0") => ({ limit: pageSize, offset: Number(from) }),
  nextPage(body, ids, query) {
    const { hasMore } = requireFit(legacyPage, body);
    // A list requested without an offset is not paged.
    if (query === undefined || !hasMore || ids.length === 0) return undefined;
    return String(Number(query.offset) + ids.length);
  },
} as const satisfies Omit<Dialect, "tokenOnly">;

const v2Error = z.object({
  errors: z.array(z.object({ code: z.string().optional(), title: z.string().optional() })).min(1),
});
const v2Page = z.looseObject({
  meta: z.object({ hasMore: z.boolean().nullish(), afterCursor: z.string().nullish() }).nullish(),
});

export const dialects: Readonly<Record<ApiVersion, Dialect>> = {
  v1: { ...legacy, tokenOnly: true },
  "v1.1": { ...legacy, tokenOnly: false },
  v2: {
    updateMethod: "PATCH",
    tokenOnly: false,
    parseError(body) {
      const errors = v2Error.safeParse(body).data?.errors ?? [];
      const code = errors[0]?.code;
      const description = errors.flatMap(({ title }) => title ?? []).join("; ");
      return { ...(code !== undefined && { code }), ...(description !== "" && { description }) };
    },
    pageQuery: (from) => ({ "page[size]": pageSize, ...(from !== undefined && { "page[after]": from }) }),
    nextPage(body, ids) {
      const { meta } = requireFit(v2Page, body);
      return meta?.hasMore ? (meta.afterCursor ?? ids.at(-1)) : undefined;
    },
  },
};
