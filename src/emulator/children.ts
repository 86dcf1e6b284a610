import { z } from "zod";

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

/** A type of children, whichever. */
export interface AnyChildType {
  /** Under which a saved state holds them. */
  readonly name: string;
  /** A slot without a child. */
  slot(): Slot<unknown>;
  /** A slot with the children of a saved state; throws where they are something else. */
  restore(saved: unknown): Slot<unknown>;
}

/** One type of objects that apps hold. They are replaced and never changed, so that a copy may share them. */
abstract class ChildType<Item extends object, Value> implements AnyChildType {
  readonly name: string;
  readonly #saved: z.ZodType<Item[]>;

  /** `saved` is what a saved state holds of one child. */
  constructor(name: string, saved: z.ZodType<Item>) {
    this.name = name;
    this.#saved = z.array(saved);
  }

  protected abstract toValue(items: readonly Item[]): Value;
  protected abstract toItems(value: Value): Item[];
  protected abstract isSame(one: Value, other: Value): boolean;

  /** What a parent holds of this type. */
  of({ children }: Parent): Value {
    for (const slot of children) if (this.#owns(slot)) return slot.value;
    throw new Error(`There is no place for ${this.name} here.`);
  }

  /** The children of a parent, in the order in which they were made. */
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

  restore(saved: unknown): Slot<Value> {
    return this.slot(this.#saved.parse(saved));
  }

  #owns(slot: Slot<unknown>): slot is Slot<Value> {
    return slot.type === this;
  }
}

/** Objects with ids, of which an app may hold many. */
export class Collection<Item extends { readonly id: string }> extends ChildType<Item, Map<string, Item>> {
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

/** An object without an id of its own, of which an app holds one at most. */
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
