import type { UserAction } from "../../emulator/console/contract";

/** Does something as the user of a conversation. Returns whether the emulator accepted it. */
export type Act = (action: UserAction) => Promise<boolean>;
