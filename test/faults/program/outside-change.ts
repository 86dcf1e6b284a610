/** What happens outside Pulumi before a command. */
export type OutsideChange =
  /** One of the stack's objects is deleted in Smooch. */
  | "delete"
  /** One of the stack's objects is changed in Smooch. */
  | "edit"
  /** The stack gets another key of its account. */
  | "exchange"
  | "delete and exchange"
  /** The stack's service key loses access to an app during one command, which must not treat the app as gone. */
  | "revoke"
  /** For one command, the configuration sets another API version. */
  | "other version"
  | "delete, other version"
  /** Smooch returns one of the stack's objects in an unreadable form while one command runs. */
  | "unreadable";

export const outsideChanges: readonly OutsideChange[] = [
  "delete",
  "delete",
  "edit",
  "exchange",
  "delete and exchange",
  "revoke",
  "other version",
  "delete, other version",
  "unreadable",
];
