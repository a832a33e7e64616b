import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The API of `npm run dev`, for a dashboard that Vite serves while it is changed. */
const API = 'http://127.0.0.1:8000';

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1_700,
  },
  server: {
    port: 8501,
    proxy: Object.fromEntries(['/v1', '/health', '/docs', '/openapi.json'].map((path) => [path, API])),
  },
});
