/** When an object can have been made, in milliseconds on this machine's clock. */
export interface CreationWindow {
  from: number;
  /** Absent: until now. */
  until?: number | undefined;
  /** How far Smooch's clock was ahead of this machine's. Absent: as far as it is now. */
  aheadMs?: number | undefined;
  /** Objects made in the window of which it is known whose they are. */
  others?: readonly string[] | undefined;
}
