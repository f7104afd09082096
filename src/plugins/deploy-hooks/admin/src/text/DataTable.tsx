import type { ReactNode } from 'react';
import { Typography, VisuallyHidden } from '@strapi/design-system';
import { styled } from 'styled-components';

// The table of the design system is a grid: it captures the arrow keys, and Tab can no longer reach
// what scrolls in its cells.
const Cells = styled.table`
  border-collapse: collapse;
  width: 100%;

  th,
  td {
    border-bottom: 1px solid ${({ theme }) => theme.colors.neutral150};
    overflow-wrap: anywhere;
    padding: ${({ theme }) => `${theme.spaces[2]} ${theme.spaces[3]}`};
    text-align: start;
    vertical-align: top;
  }
`;

interface Row {
  key: string | number;
  cells: ReactNode[];
}

/** A read-only table with column headings and a caption. */
export const DataTable = ({
  caption,
  heads,
  rows,
}: {
  caption: string;
  heads: string[];
  rows: Row[];
}) => (
  <Cells>
    <caption>
      <VisuallyHidden>{caption}</VisuallyHidden>
    </caption>
    <thead>
      <tr>
        {heads.map((head) => (
          <th key={head} scope="col">
            <Typography variant="sigma" textColor="neutral600">
              {head}
            </Typography>
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {rows.map(({ key, cells }) => (
        <tr key={key}>
          {cells.map((cell, index) => (
            <td key={heads[index]}>
              <Typography tag="div" variant="pi" textColor="neutral800">
                {cell}
              </Typography>
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  </Cells>
);
