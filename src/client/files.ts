/** Files that are sent and received, in Node and in browsers. */

/**
 * A file to upload: bytes, a Blob or File, or a stream, such as Node's `createReadStream(path)`. A stream can be read once
 * only, so its request is not repeated.
 */
export type Upload = Uint8Array | Blob | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

export const isStream = (file: unknown): file is ReadableStream<Uint8Array> | AsyncIterable<Uint8Array> =>
  typeof file === 'object' &&
  file !== null &&
  (file instanceof ReadableStream || Symbol.asyncIterator in file) &&
  !(file instanceof Blob);

export const isUpload = (body: unknown): body is Upload =>
  body instanceof Uint8Array || body instanceof Blob || isStream(body);

/** The body of a request by fetch. */
export function bodyOf(file: Upload): Uint8Array<ArrayBuffer> | Blob | ReadableStream<Uint8Array> {
  if (file instanceof Uint8Array) return file as Uint8Array<ArrayBuffer>;
  if (file instanceof Blob || file instanceof ReadableStream) return file;
  const parts = file[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await parts.return?.();
    },
  });
}

/** A file that the API sends. Read it once: by `bytes`, or as it arrives by `stream`. */
export class DownloadedFile {
  /** The name that the API proposes. */
  readonly name: string | undefined;
  readonly mediaType: string;
  readonly #response: Response;

  constructor(response: Response) {
    this.#response = response;
    this.mediaType = response.headers.get('content-type') ?? 'application/octet-stream';
    this.name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1];
  }

  get stream(): ReadableStream<Uint8Array> {
    return this.#response.body ?? new Blob([]).stream();
  }

  async bytes(): Promise<Uint8Array> {
    return new Uint8Array(await this.#response.arrayBuffer());
  }

  async text(): Promise<string> {
    return this.#response.text();
  }
}
