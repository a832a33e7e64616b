/** Links of OpenAPI: from an answer to the operations that take an id from it. */

/** Operations that take their path's parameters from an answer, each by an expression of OpenAPI: `$response.body#/id` */
export type Links = Readonly<Record<string, Readonly<Record<string, string>>>>;

const linksFrom = (expression: string, operations: readonly string[]): Links =>
  Object.fromEntries(operations.map((operation) => [operation, { id: expression }]));

/** Reads the link from an object, by its `id`. */
export const linksById = (...operations: readonly string[]): Links => linksFrom('$response.body#/id', operations);
/** Reads the link from the first object of a list. */
export const linksOfFirst = (...operations: readonly string[]): Links =>
  linksFrom('$response.body#/data/0/id', operations);
