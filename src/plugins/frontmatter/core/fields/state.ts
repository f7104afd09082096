import { z } from 'zod';
import { describe, type Field, type FieldOptions } from './field';

/** Stands in a populated document for whether it is published. No attribute can have this name. */
export const STATE_ATTRIBUTE = '$isDraft';

export interface StateOptions extends Pick<FieldOptions, 'description'> {
  /** What the key says of a draft: `false` is for Jekyll's `published: false`. @default true */
  draftValue?: boolean;
}

/**
 * Whether a document is a draft: `draft: true` keeps a file from being published by its import, and
 * unpublishes its document. The key goes when the document is published; `false` says the same.
 */
export const state = ({ description, draftValue = true }: StateOptions = {}): Field => ({
  kind: 'state',
  name: 'state',
  storage: { types: [], declaration: {} },
  required: false,
  attribute: STATE_ATTRIBUTE,
  description,
  schema: z.boolean({
    error: ({ input }) =>
      `expected ${draftValue} for a draft, or ${!draftValue}, in lower case and without quotes, found ${describe(input)}`,
  }),
  parse: (stored) => (stored === true ? draftValue : undefined),
  isSame: (one, other) => (one === draftValue) === (other === draftValue),
});
