/** Version of the engine, kept with every result; equal to package.json's. */
export const ENGINE_VERSION = '0.1.0';
