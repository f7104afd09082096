/** The older major version, which many site generators still use; it has no types for its alias. */
declare module 'js-yaml-3' {
  export function safeLoad(yaml: string): unknown;
}
