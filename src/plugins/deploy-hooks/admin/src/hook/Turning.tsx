import { Loader } from '@strapi/icons';
import type { ComponentType } from 'react';
import { keyframes, styled } from 'styled-components';

const turn = keyframes`
  to {
    transform: rotate(360deg);
  }
`;

/** The spinner in a button whose action is in progress. */
export const Turning: ComponentType = styled(Loader)`
  animation: ${turn} 2s infinite linear;
`;
