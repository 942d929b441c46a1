import { fileURLToPath, URL } from "node:url";
import { defineConfig } from "vitest/config";
import { mockLibrary } from "./dev/mock-plugin";

// Where `npm run dev` finds the library service.
const api = process.env.KOSORONG_API ?? "http://127.0.0.1:8000";

export default defineConfig(({ mode }) => ({
  plugins: mode === "mock" ? [mockLibrary()] : [],
  // React's JSX needs no plugin: esbuild compiles it, here and in tests.
  esbuild: { jsx: "automatic" },
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  // The service serves the page at / and its files from /static/web/ unless told otherwise.
  base: process.env.KOSORONG_WEB_BASE ?? "/",
  build: { outDir: "dist", target: "es2022", assetsInlineLimit: 0 },
  server: {
    host: "127.0.0.1",
    proxy: mode === "mock" ? {} : { "/api": api, "/media": api },
  },
  preview: { host: "127.0.0.1" },
  test: {
    environment: "jsdom",
    setupFiles: ["./tests/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}", "tests/**/*.test.{ts,tsx}"],
    restoreMocks: true,
    css: false,
    testTimeout: 20_000,
  },
}));
