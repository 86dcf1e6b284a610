import { z } from "zod";

/** What can hold children. */
export type OwnerType = "account" | "app";

/** An owner's children of one type. */
export interface Slot<Value> {
  readonly type: object;
  /** The type's name. */
  readonly name: string;
  readonly value: Value;
  items(): readonly object[];
  /** Whether the other slot holds the same children. */
  isSame(other: Slot<unknown>): boolean;
  /** A copy that later writes to this slot do not affect. */
  copy(): Slot<Value>;
}

/** Anything that holds children: an account or an app. */
export interface Parent {
  readonly children: readonly Slot<unknown>[];
}

/** A type of children, without its type parameters. */
export interface AnyChildType {
  readonly owner: OwnerType;
  /** The property that holds them in saved state. */
  readonly name: string;
  /** Creates an empty slot. */
  slot(): Slot<unknown>;
  /** Creates a slot from saved state, an empty one if that does not have this type; throws if it does not fit. */
  restore(saved: unknown): Slot<unknown>;
}

/**
 * A type of object that accounts or apps hold, by id; one that has no id of its own has its owner's. Objects are replaced,
 * never mutated, so copies can share them.
 */
export class Collection<Item extends { readonly id: string }> implements AnyChildType {
  readonly name: string;
  readonly owner: OwnerType;
  readonly #saved: z.ZodType<Item[]>;

  /** `saved` validates one child in saved state. */
  constructor(name: string, saved: z.ZodType<Item>, owner: OwnerType = "app") {
    this.name = name;
    this.owner = owner;
    this.#saved = z.array(saved);
  }

  /** The parent's children of this type, by id. */
  of({ children }: Parent): Map<string, Item> {
    for (const slot of children) if (this.#owns(slot)) return slot.value;
    throw new Error(`An ${this.owner} of this emulator has no ${this.name}.`);
  }

  /** The parent's children, in order of creation. */
  listOf(parent: Parent): Item[] {
    return [...this.of(parent).values()];
  }

  /** Adds an object, or replaces the one with its id. */
  put(parent: Parent, item: Item): Item {
    this.of(parent).set(item.id, item);
    return item;
  }

  slot(items: readonly Item[] = []): Slot<Map<string, Item>> {
    const value = new Map(items.map((item) => [item.id, item]));
    const list = () => [...value.values()];
    return {
      type: this,
      name: this.name,
      value,
      items: list,
      isSame: (other) => this.#owns(other) && hasSameItems(value, other.value),
      copy: () => this.slot(list()),
    };
  }

  restore(saved: unknown = []): Slot<Map<string, Item>> {
    return this.slot(this.#saved.parse(saved));
  }

  #owns(slot: Slot<unknown>): slot is Slot<Map<string, Item>> {
    return slot.type === this;
  }
}

function hasSameItems<Item>(one: ReadonlyMap<string, Item>, other: ReadonlyMap<string, Item>): boolean {
  if (one.size !== other.size) return false;
  for (const [id, item] of one) if (other.get(id) !== item) return false;
  return true;
}
