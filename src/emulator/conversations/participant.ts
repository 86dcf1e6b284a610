import { z } from "zod";
import { badRequest } from "../errors";

/** How v2 identifies a user: by Smooch's id or by the business's own. */
export const someone = { userId: z.string().optional(), userExternalId: z.string().optional() };

export type Someone = z.infer<z.ZodObject<typeof someone>>;

export function nameSomeone({ userId, userExternalId }: Someone, where: string): string {
  const name = userId ?? userExternalId;
  if (name === undefined) throw badRequest(`${where}: needs a userId or a userExternalId`);
  return name;
}
