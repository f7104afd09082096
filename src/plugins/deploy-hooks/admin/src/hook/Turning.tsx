import { Loader } from '@strapi/icons';
import type { ComponentType } from 'react';
import { keyframes, styled } from 'styled-components';

const turn = keyframes`
  to {
    transform: rotate(360deg);
  }
`;

/** In a button whose action is under way. */
export const Turning: ComponentType = styled(Loader)`
  animation: ${turn} 2s infinite linear;
`;
