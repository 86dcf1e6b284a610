/** Fields that override an object's own in responses; `undefined` omits one. */
export type Overlay = { readonly [field: string]: unknown };
