/** Results of costly functions, kept for the next call. Slices of one work build the same tables again and again. */

/** Tells whether two plain values have the same content: objects, lists, typed arrays, numbers, texts. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (Array.isArray(a) || ArrayBuffer.isView(a)) {
    const [left, right] = [a as ArrayLike<unknown>, b as ArrayLike<unknown>];
    if (left.length !== right.length) return false;
    for (let i = 0; i < left.length; i++) if (!isSame(left[i], right[i])) return false;
    return true;
  }
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => name in b && isSame(a[name as keyof typeof a], b[name as keyof typeof b]))
  );
}

/**
 * Returns a function that keeps its last results, by the content of what it was given. Nobody may change that afterwards.
 * @param size number of results that are kept
 */
export function remembered<Input, Value>(make: (input: Input) => Value, size: number): (input: Input) => Value {
  let latest: { readonly input: Input; readonly value: Value }[] = [];
  return (input) => {
    const result = latest.find((one) => isSame(one.input, input)) ?? { input, value: make(input) };
    latest = [result, ...latest.filter((one) => one !== result)].slice(0, size);
    return result.value;
  };
}
