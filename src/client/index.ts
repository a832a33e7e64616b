/** `import { TessellateClient } from '@tessellate-renewables/client'`; receivers of webhooks import `.../webhooks` */
export type * from './api.ts';
export * from './client.ts';
export { ApiError, ConnectionError } from './errors.ts';
export { DownloadedFile, type Upload } from './files.ts';
export type * from './operations.ts';
