import { Box } from '@strapi/design-system';
import { styled } from 'styled-components';

const Lines = styled.pre`
  font-family: monospace;
  font-size: 1.2rem;
  line-height: 1.5;
  white-space: pre-wrap;
`;

/** Text from elsewhere, as plain text in a box that can also be scrolled by keyboard. */
export const TextBox = ({ label, text }: { label: string; text: string }) => (
  <Box
    aria-label={label}
    background="neutral100"
    color="neutral800"
    hasRadius
    maxHeight="16rem"
    overflow="auto"
    padding={2}
    role="region"
    tabIndex={0}
  >
    <Lines>{text}</Lines>
  </Box>
);
