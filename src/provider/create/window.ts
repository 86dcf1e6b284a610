/** When an object may have been created, in milliseconds on this machine's clock. */
export interface CreationWindow {
  from: number;
  /** Absent: until now. */
  until?: number | undefined;
  /** How far Smooch's clock was ahead of this machine's. Absent: use the current difference. */
  aheadMs?: number | undefined;
  /** Ids of objects created in the window that are known to belong to something else. */
  others?: readonly string[] | undefined;
}
