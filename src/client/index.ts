/** `import { TessellateClient, verifyWebhook } from 'tessellate-renewables/client'` */
export * from './client.ts';
export * from './errors.ts';
export * from './webhook.ts';
