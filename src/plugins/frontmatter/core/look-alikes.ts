/** Words that YAML 1.1 and its readers take for nothing, a boolean, a number or an operator. */
const WORD = /^(?:~|=|<<|null|true|false|yes|no|on|off|y|n|[-+]?\.(?:inf|nan))$/i;
/** Integers and floats of any reader, those to the base of 60 (`12:30`) and with separators included. */
const NUMBER = /^[-+]?(?:[\d.][\d_.,:]*(?:e[-+]?\d*)?|0[xob][\da-f_,]*)$/i;
const DATE = /^[-+]?\d{4}-\d{1,2}-\d{1,2}(?:[Tt \t][\dTtZz:.+\- \t]*)?$/;
/** Ruby makes a symbol of `:text`; some readers take `?` for the beginning of a key, or refuse a tab. */
const INDICATOR = /^[:?]|\t/;

/**
 * Whether another YAML reader, of version 1.1 or 1.2, takes a text for something else if it has no
 * quotes. js-yaml, PyYAML and Psych differ from each other; this is what any of them does.
 */
export const isLookAlike = (text: string, { isInFlow = false } = {}): boolean =>
  WORD.test(text) ||
  NUMBER.test(text) ||
  DATE.test(text) ||
  INDICATOR.test(text) ||
  (isInFlow && text.includes('?'));
