import { z } from 'zod';
import { describe, type Field, type FieldOptions } from './field';

/** Key in a populated document that is `true` for a draft. No attribute can have this name. */
export const STATE_ATTRIBUTE = '$isDraft';

export interface StateOptions extends Pick<FieldOptions, 'description'> {
  /** Value of the key for a draft: `false` is for Jekyll's `published: false`. @default true */
  draftValue?: boolean;
}

/**
 * Declares whether a document is a draft: `draft: true` keeps an import from publishing the file,
 * and unpublishes its document. Publishing removes the key; `false` means the same as no key.
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
