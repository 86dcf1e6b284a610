import type { EmulatorHost } from "./host";

const lowerAlphanumeric = "0123456789abcdefghijklmnopqrstuvwxyz";
const urlSafe = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const hex = "0123456789abcdef";

/** Generates ids and secrets from the host's clock and random numbers. */
export class Identifiers {
  readonly #host: EmulatorHost;
  #counter: number;

  constructor(host: EmulatorHost) {
    this.#host = host;
    this.#counter = Math.floor(host.random() * 0x1000000);
  }

  /**
   * 24 hex digits: creation time in seconds, random digits, and a counter that keeps ids unique whatever `random`
   * returns.
   */
  objectId(): string {
    this.#counter = (this.#counter + 1) % 0x1000000;
    const seconds = Math.floor(this.#host.now() / 1000) % 0x100000000;
    return hexDigits(seconds, 8) + this.#draw(hex, 10) + hexDigits(this.#counter, 6);
  }

  /** As long as real secrets were in 2018. */
  secret(): string {
    return this.#draw(urlSafe, 86);
  }

  appToken(): string {
    return this.#draw(lowerAlphanumeric, 25);
  }

  digits(length: number): string {
    return this.#draw("123456789", 1) + this.#draw("0123456789", length - 1);
  }

  hexDigits(length: number): string {
    return this.#draw(hex, length);
  }

  #draw(alphabet: string, length: number): string {
    return Array.from({ length }, () =>
      alphabet.charAt(Math.floor(this.#host.random() * alphabet.length)),
    ).join("");
  }
}

function hexDigits(value: number, length: number): string {
  return value.toString(16).padStart(length, "0");
}
