import { Box } from '@strapi/design-system';
import { structuredPatch } from 'diff';
import { TextBox } from './TextBox';

/** Unchanged lines around a change, which show where it is. */
const CONTEXT_LINES = 2;

const BACKGROUNDS = { '+': 'success100', '-': 'danger100' } as const;
const COLORS = { '+': 'success700', '-': 'danger700' } as const;

/** Removed and added lines, with the lines around them. */
export function Difference({
  label,
  before,
  after,
  maxHeight,
}: {
  label: string;
  before: string;
  after: string;
  maxHeight?: string;
}) {
  const { hunks } = structuredPatch('', '', before, after, '', '', { context: CONTEXT_LINES });
  const lines = hunks.flatMap((hunk, index) => (index === 0 ? hunk.lines : ['⋯', ...hunk.lines]));
  return (
    <TextBox label={label} maxHeight={maxHeight}>
      {lines.map((line, index) => {
        const sign = line[0] as '+' | '-' | ' ';
        const tag = sign === '+' ? 'ins' : sign === '-' ? 'del' : 'span';
        return (
          <Box
            // The lines are only ever replaced all at once.
            key={index}
            background={sign === ' ' ? undefined : BACKGROUNDS[sign]}
            color={sign === ' ' ? undefined : COLORS[sign]}
            display="block"
            style={{ textDecoration: 'none' }}
            tag={tag}
          >
            {line}
          </Box>
        );
      })}
    </TextBox>
  );
}
