/** When an object was made, in milliseconds on this machine's clock. */
export interface Period {
  from: number;
  /** Absent: until now. */
  until?: number | undefined;
  /** How far Smooch's clock was ahead of this machine's. Absent: as far as it is now. */
  aheadMs?: number | undefined;
  /** Objects made in that period of which it is known whose they are. */
  others?: readonly string[] | undefined;
}
