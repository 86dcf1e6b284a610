// How long clients show the business as typing unless it writes or stops: the emulator's choice.
const durationMs = 10_000;

/** In which conversations the business is typing. */
export class Typing {
  /** When it ends, by conversation. */
  readonly #ends = new Map<string, number>();

  start(conversationId: string, now: number): void {
    this.#ends.set(conversationId, now + durationMs);
  }

  stop(conversationId: string): void {
    this.#ends.delete(conversationId);
  }

  isTyping(conversationId: string, now: number): boolean {
    return (this.#ends.get(conversationId) ?? 0) > now;
  }
}
