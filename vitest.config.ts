import { defineConfig } from "vitest/config";

/**
 * Two projects: `node` needs nothing but Node; `browser` holds tests that run in Node too, but drive a real browser
 * which shows a production build.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "node",
          include: ["tests/**/*.test.ts"],
          exclude: ["tests/browser/**", "**/node_modules/**"],
          testTimeout: 90_000, // tests judge what comes out; how soon, the benches do
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "browser",
          include: ["tests/browser/**/*.test.ts"],
          exclude: ["**/node_modules/**"],
          fileParallelism: false,
          sequence: { groupOrder: 1 }, // after the others, so that frames come when they should
          testTimeout: 240_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
