// What `npm start` prints, and in which colours.

import { inspect, styleText } from "node:util";

// Only on a terminal, and not if NO_COLOR is set: hasColors checks both.
const hasColors = process.stdout.hasColors?.() ?? false;

/**
 * @param {Parameters<typeof styleText>[0]} format
 * @param {string} text
 */
export const paint = (format, text) => (hasColors ? styleText(format, text) : text);

export const line = (text = "") => console.log(text);

/** @param {string} text */
export const heading = (text) => line(`\n${paint("bold", text)}`);

/** @param {string} text */
export const success = (text) => line(`${paint("green", "✓")} ${text}`);

/**
 * @param {string} name
 * @param {string} text
 */
export const fact = (name, text) => line(`${paint("dim", name.padEnd(9))} ${text}`);

/** @param {unknown} value */
export const format = (value) =>
  inspect(value, { colors: hasColors, breakLength: 100 }).replaceAll("\n", "\n  ");
