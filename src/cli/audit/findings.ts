import type { KindName } from "../../kinds";
import { definitions } from "../../provider/kinds";
import type { Left } from "../shared/stack-state";

/** Something that is not as it should be, as printed by `--json`. */
export interface Finding {
  kind: "unowned" | "shared" | "leftBehind" | "gone" | "otherAccount" | "drift" | "unread" | "nearLimit";
  severity: "problem" | "notice";
  object: KindName;
  /** The object's id; null if there is no object yet. */
  id: string | null;
  app: { id: string; name: string | null } | null;
  /** Its name in Smooch. */
  name: string | null;
  /** Only the origin of a webhook's target, because the rest may contain a token. */
  target: string | null;
  /** For an unowned webhook. */
  triggers?: readonly string[];
  /** ISO 8601; null if the id does not contain the time. */
  createdAt: string | null;
  /** The resources concerned; for an unowned object, those whose interrupted create may have made it. */
  resources: { stack: string; urn: string }[];
  /** For `leftBehind`: what was left. */
  left?: Left | "unrecorded";
  /** For `drift`: which properties differ, without their values. */
  properties?: string[];
  /** For `nearLimit`. */
  count?: number;
  limit?: number;
  /** For `nearLimit`: what holds them; absent if that is the app. */
  holder?: { object: KindName; id: string };
  /** For `unread`: why. */
  reason?: string;
  /** For `unread`: the kinds that the key may not read. */
  kinds?: readonly KindName[];
  /** What to do next. */
  fix: string;
}

/** The text for a group of findings: a heading, and what to do next. */
export interface Topic {
  title: string;
  fix: string;
}

const upFix = "Run `pulumi up`, without --target.";

const leftTopics: Record<NonNullable<Finding["left"]>, Topic> = {
  unresolved: {
    title: "Creates whose effect is unknown",
    fix: "Run `pulumi up`: it looks for the object, creates it if it does not exist, and otherwise says what to do.",
  },
  deleting: {
    title: "Replaced, but not deleted yet",
    fix: "They still exist. Run `pulumi up`, without --target: it deletes them.",
  },
  replacing: { title: "Deleted for replacement, but not recreated yet", fix: upFix },
  failed: { title: "Creates and updates that failed partway", fix: upFix },
  interruptedCreate: {
    title: "Creates that were interrupted",
    fix: "Run `pulumi up` on the machine of that update, and then `pulumi refresh --clear-pending-creates`. If an update is running, wait for it.",
  },
  interruptedChange: {
    title: "Updates and deletions that were interrupted",
    fix: "Run `pulumi refresh`, and then `pulumi up`. If an update is running, wait for it.",
  },
  unrecorded: {
    title: "Created or started by a run on this machine, and perhaps in no stack's state",
    fix: "On this machine, run `pulumi up` for the stack it belongs to: it adopts what it can prove is its own, and lists the rest. If an update is running, wait for it.",
  },
};

const topics: Record<Exclude<Finding["kind"], "unowned" | "leftBehind">, Topic> = {
  shared: {
    title: "Objects that more than one resource owns",
    fix: "Each of them would delete the object. Keep one, and remove the others from their states with `pulumi state delete <urn>`.",
  },
  gone: {
    title: "In the state, but gone from the account",
    fix: "`pulumi refresh` records it, and the next `pulumi up` recreates it.",
  },
  otherAccount: {
    title: "Not in this account",
    fix: "It was last seen with other credentials or at another API address. Audit that account with its own settings, or leave its stack out.",
  },
  drift: {
    title: "Different from the state",
    fix: "`pulumi refresh` records it, and the next `pulumi up` restores what is declared.",
  },
  unread: { title: "Not compared", fix: "Run the audit again; until then it is incomplete." },
  nearLimit: {
    title: "Near the limit",
    fix: "A rotation needs room for one more. Delete what is not used, or declare new ones in another app.",
  },
};

const unreadWithKey: Topic = {
  title: "Not compared with this key",
  fix: "Audit with an account key to have them compared.",
};

export function topicOf({
  kind,
  object,
  left,
  kinds,
}: Pick<Finding, "kind" | "object" | "left" | "kinds">): Topic {
  if (kinds !== undefined) return unreadWithKey;
  if (kind === "unowned") return definitions[object].inventory.unowned;
  if (kind === "leftBehind") return leftTopics[left ?? "failed"];
  return topics[kind];
}
