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

/** A type of object that accounts or apps hold. Objects are replaced, never mutated, so copies can share them. */
abstract class ChildType<Item extends object, Value> implements AnyChildType {
  readonly name: string;
  readonly owner: OwnerType;
  readonly #saved: z.ZodType<Item[]>;

  /** `saved` validates one child in saved state. */
  constructor(name: string, saved: z.ZodType<Item>, owner: OwnerType = "app") {
    this.name = name;
    this.owner = owner;
    this.#saved = z.array(saved);
  }

  protected abstract toValue(items: readonly Item[]): Value;
  protected abstract toItems(value: Value): Item[];
  protected abstract isSame(one: Value, other: Value): boolean;

  /** The parent's children of this type. */
  of({ children }: Parent): Value {
    for (const slot of children) if (this.#owns(slot)) return slot.value;
    throw new Error(`An ${this.owner} of this emulator has no ${this.name}.`);
  }

  /** The parent's children, in order of creation. */
  listOf(parent: Parent): Item[] {
    return this.toItems(this.of(parent));
  }

  slot(items: readonly Item[] = []): Slot<Value> {
    const value = this.toValue(items);
    const list = () => this.toItems(value);
    return {
      type: this,
      name: this.name,
      value,
      items: list,
      isSame: (other) => this.#owns(other) && this.isSame(value, other.value),
      copy: () => this.slot(list()),
    };
  }

  restore(saved: unknown = []): Slot<Value> {
    return this.slot(this.#saved.parse(saved));
  }

  #owns(slot: Slot<unknown>): slot is Slot<Value> {
    return slot.type === this;
  }
}

/** Objects with ids; an owner may hold any number of them. */
export class Collection<Item extends { readonly id: string }> extends ChildType<Item, Map<string, Item>> {
  /** Adds an object, or replaces the one with its id. */
  put(parent: Parent, item: Item): Item {
    this.of(parent).set(item.id, item);
    return item;
  }

  protected override toValue(items: readonly Item[]): Map<string, Item> {
    return new Map(items.map((item) => [item.id, item]));
  }

  protected override toItems(value: Map<string, Item>): Item[] {
    return [...value.values()];
  }

  protected override isSame(one: Map<string, Item>, other: Map<string, Item>): boolean {
    if (one.size !== other.size) return false;
    for (const [id, item] of one) if (other.get(id) !== item) return false;
    return true;
  }
}

/** An object without its own id; an owner holds at most one. */
export class Singleton<Item extends object> extends ChildType<Item, { current: Item | undefined }> {
  protected override toValue([current]: readonly Item[]): { current: Item | undefined } {
    return { current };
  }

  protected override toItems({ current }: { current: Item | undefined }): Item[] {
    return current === undefined ? [] : [current];
  }

  protected override isSame(
    one: { current: Item | undefined },
    other: { current: Item | undefined },
  ): boolean {
    return one.current === other.current;
  }
}
