/** Parsed JSON of a reference file; each validator knows its shape. */
// biome-ignore lint/suspicious/noExplicitAny: reference files come in many shapes; a wrong one shows as NaN or a named throw
export type ReferenceJson = any;

/** One compared quantity of one reference file. */
export interface QuantityResult {
  /** `section.quantity`, as in the file */
  readonly quantity: string;
  readonly rows: number;
  /** Errors in the measure of the tolerance: absolute, or relative if `measure` says so. */
  readonly meanError: number;
  readonly maxError: number;
  readonly tolerance: number;
  readonly measure: string;
  /** Place of the largest error in the file. */
  readonly worst?: string;
}

export interface FileResult {
  readonly results: readonly QuantityResult[];
  /** Quantities or rows that no model here computes; with `--strict` they count as failures. */
  readonly notCovered: readonly string[];
}

export interface ValidateContext {
  /**
   * Text of a weather file, turbine or series that the reference names: from the same folder, otherwise the project's own copy.
   * Gzip files are unpacked.
   */
  readText(name: string): Promise<string>;
  /** JSON of a file in the reference file's own folder, otherwise of the project's own copy. */
  readJson(name: string): Promise<unknown>;
}

/** Compares one reference file; `validators` maps file names (`irradiance.json`) to these. */
export type Validator = (json: ReferenceJson, context: ValidateContext) => Promise<FileResult> | FileResult;
