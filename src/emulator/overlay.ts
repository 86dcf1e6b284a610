/** Fields that an object comes back with, whatever it holds: `undefined` leaves one out. */
export type Overlay = { readonly [field: string]: unknown };
