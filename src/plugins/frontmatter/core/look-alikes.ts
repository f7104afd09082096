/** Words that YAML 1.1 and its readers interpret as null, a boolean, a number or an operator. */
const WORD = /^(?:~|=|<<|null|true|false|yes|no|on|off|y|n|[-+]?\.(?:inf|nan))$/i;
/** Integers and floats of any reader, including base 60 (`12:30`) and separators. */
const NUMBER = /^[-+]?(?:[\d.][\d_.,:]*(?:e[-+]?\d*)?|0[xob][\da-f_,]*)$/i;
const DATE = /^[-+]?\d{4}-\d{1,2}-\d{1,2}(?:[Tt \t][\dTtZz:.+\- \t]*)?$/;
/** Ruby reads `:text` as a symbol; some readers take `?` for the start of a key, or reject tabs. */
const INDICATOR = /^[:?]|\t/;

/**
 * Whether another YAML reader, of version 1.1 or 1.2, misreads a text that is not quoted. js-yaml,
 * PyYAML and Psych differ from each other; this covers what any of them does.
 */
export const isLookAlike = (text: string, { isInFlow = false } = {}): boolean =>
  WORD.test(text) ||
  NUMBER.test(text) ||
  DATE.test(text) ||
  INDICATOR.test(text) ||
  (isInFlow && text.includes('?'));
