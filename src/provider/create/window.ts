/** When an object can have been created, in milliseconds on this machine's clock. */
export interface CreationWindow {
  from: number;
  /** Absent: until now. */
  until?: number | undefined;
  /** How far Smooch's clock was ahead of this machine's. Absent: as far as it is now. */
  aheadMs?: number | undefined;
  /** Ids of objects created in the window that are known to be another's. */
  others?: readonly string[] | undefined;
}
