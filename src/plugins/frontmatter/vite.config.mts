import { isAbsolute } from 'node:path';
import { defineConfig } from 'vite';

/** The panel, for the build of the application that installs this plugin: only its own files are bundled. */
export default defineConfig({
  build: {
    outDir: 'dist/admin',
    emptyOutDir: false, // types are there
    minify: false,
    lib: { entry: 'admin/src/index.ts', formats: ['es', 'cjs'], fileName: 'index' },
    rollupOptions: { external: (id) => !id.startsWith('.') && !isAbsolute(id) },
  },
});
