/** A value as text of JSON; its type is that of the value. */
export type JsonText<Value> = string & { readonly valueOfText?: Value };

export const toJson = <Value>(value: Value): JsonText<Value> => JSON.stringify(value);
