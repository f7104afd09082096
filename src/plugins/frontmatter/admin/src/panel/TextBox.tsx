import type { ReactNode } from 'react';
import { Box } from '@strapi/design-system';
import { styled } from 'styled-components';

const Lines = styled.pre`
  font-family: monospace;
  font-size: 1.2rem;
  line-height: 1.5;
  white-space: pre-wrap;
  overflow-wrap: anywhere;
`;

/** Lines of a file in a box that can also be scrolled by keyboard. */
export const TextBox = ({
  label,
  maxHeight = '32rem',
  children,
}: {
  label: string;
  maxHeight?: string | undefined;
  children: ReactNode;
}) => (
  <Box
    aria-label={label}
    background="neutral100"
    color="neutral800"
    hasRadius
    maxHeight={maxHeight}
    overflow="auto"
    padding={2}
    role="region"
    tabIndex={0}
  >
    <Lines>{children}</Lines>
  </Box>
);
