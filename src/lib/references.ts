/** The papers behind models: tables of the engine's rooms, which reports, documents and tests read. */

/**
 * Papers of one model, the most important first, or the reason why it has none: it is a measurement, or names no
 * model.
 */
export type Source = readonly [string, ...string[]] | { readonly noPaper: string };
/** Papers by the field of a request that chooses a model, then by the model's name. */
export type References = Readonly<Record<string, Readonly<Record<string, Source>>>>;

/**
 * Returns the source of a model.
 * @throws Error for a name that the table lacks: a model without a source is a fault of the engine, not of a request
 */
export function sourceOf(references: References, choice: string, name: string): Source {
  const source = references[choice]?.[name];
  if (source === undefined) throw new Error(`no reference for ${choice} ${name}`);
  return source;
}

/** Returns the citations of one model; empty if it has no paper. @throws Error for a name that the table lacks */
export function papersOf(references: References, choice: string, name: string): readonly string[] {
  const source = sourceOf(references, choice, name);
  return 'noPaper' in source ? [] : source;
}
