// Apart from the types of children: typings that TypeScript 3.8 loads lead here, and it cannot load those of zod.

/** Where an app holds its children of one type. */
export interface Slot<Value> {
  readonly type: object;
  /** The type's name. */
  readonly name: string;
  readonly value: Value;
  items(): readonly object[];
  /** Whether the other slot holds the very same children. */
  isSame(other: Slot<unknown>): boolean;
  /** A slot that later writes to this one leave as it is. */
  copy(): Slot<Value>;
}

/** Whatever holds children. */
export interface Parent {
  readonly children: readonly Slot<unknown>[];
}
