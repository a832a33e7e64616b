declare module 'jsfive' {
  export interface Dataset {
    readonly shape: readonly number[];
    readonly value: ArrayLike<number | string>;
    readonly attrs: Readonly<Record<string, unknown>>;
    /** Its head in the file; `offset` is what references name */
    readonly _dataobjects: { readonly offset: number };
  }
  export class File {
    constructor(buffer: ArrayBuffer, name: string);
    readonly keys: readonly string[];
    get(name: string): Dataset;
  }
}
