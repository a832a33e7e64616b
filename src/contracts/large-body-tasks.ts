/** The task of compute threads that reads large bodies; only the API's threads load the schemas, when they start (src/compute/thread.ts). */
export const BODY_TASKS = {
  /** @throws AppError `request.malformed`, `request.invalid` */
  readLargeBody: async ({
    operation,
    bytes,
  }: {
    readonly operation: string;
    readonly bytes: Uint8Array;
  }): Promise<unknown> => (await import('./large-bodies.ts')).readLargeBody(operation, bytes),
} as const;
