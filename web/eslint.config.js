import js from "@eslint/js";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

/** Imports point one way: app → features → shared, and no feature knows another. */
const oneWay = (files, forbidden) => ({
  files,
  rules: {
    "no-restricted-imports": ["error", { patterns: forbidden }],
  },
});

const outOfFolder = {
  group: ["../*"],
  message: "Leave a folder through @/: it shows which layer is meant.",
};
const features = {
  group: ["@/features/*"],
  message: "Only app joins features; move what two of them need to shared.",
};
const app = { group: ["@/app/*"], message: "app is the top: nothing imports it." };

export default tseslint.config(
  { ignores: ["dist/", "node_modules/"] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  ...tseslint.configs.stylistic,
  reactHooks.configs.flat["recommended-latest"],
  {
    rules: {
      "max-lines": ["error", 400],
      "max-lines-per-function": ["error", { max: 80, skipBlankLines: true, skipComments: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      eqeqeq: "error",
    },
  },
  oneWay(["src/features/**"], [outOfFolder, features, app]),
  oneWay(["src/shared/**"], [features, app]),
  oneWay(["src/app/**"], [outOfFolder]),
  {
    files: ["**/*.test.{ts,tsx}"],
    rules: {
      "no-restricted-imports": "off",
      "max-lines-per-function": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
);
