import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath, URL } from "node:url";
import { gzipSync } from "node:zlib";
import { defineConfig } from "vitest/config";
import { mockLibrary } from "./dev/mock-plugin";

// Where `npm run dev` finds the library service.
const api = process.env.KOSORONG_API ?? "http://127.0.0.1:8000";

// The service sends `app.js.gz` to whoever takes it so, without compressing it for each.
const compressed = {
  name: "compressed",
  apply: "build" as const,
  closeBundle() {
    for (const one of readdirSync("dist", { recursive: true, encoding: "utf-8" })) {
      if (/\.(js|css|html|svg|webmanifest|json)$/.test(one)) {
        writeFileSync(`dist/${one}.gz`, gzipSync(readFileSync(`dist/${one}`), { level: 9 }));
      }
    }
  },
};

export default defineConfig(({ mode }) => ({
  plugins: mode === "mock" ? [mockLibrary()] : [compressed],
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
